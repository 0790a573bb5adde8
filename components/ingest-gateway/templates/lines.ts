/** A template from its lines. Directives end at a line's end, so that no text sticks to them. */
export function lines(...parts: readonly (string | readonly string[])[]): string {
  return parts.flat().join("\n");
}
