import type { CheckWarning } from "./provider.ts";

/** A warning in one line, preceded by the resource's logical name. */
export function warningText(urn: string, { property, reason }: CheckWarning): string {
  const name = urn.split("::").slice(3).join("::");
  return `${name}: ${property}: ${reason}`;
}
