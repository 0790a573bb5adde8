/** Joins the lines of a template. A directive ends with its line, so that no text is taken for a part of it. */
export function lines(...parts: readonly (string | readonly string[])[]): string {
  return parts.flat().join("\n");
}
