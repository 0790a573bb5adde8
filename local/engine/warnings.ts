import type { CheckWarning } from "../resource-types/provider.ts";
import { warningText } from "../resource-types/warning-text.ts";

/**
 * Prints the providers' warnings, each once: a component may have logged the same for its child, and a check may run
 * twice.
 */
export class Warnings {
  readonly #said = new Set<string>();
  readonly #say: (text: string) => void;

  /** @param say prints a line. */
  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  /** Prints the warnings of a resource's check. */
  add(urn: string, warnings: readonly CheckWarning[]): void {
    for (const warning of warnings) {
      const text = warningText(urn, warning);
      if (this.isSaid(urn, text)) continue;
      this.#said.add(key(urn, text));
      this.#say(text);
    }
  }

  /** Whether this warning was printed for this resource. */
  isSaid(urn: string, text: string): boolean {
    return this.#said.has(key(urn, text));
  }
}

function key(urn: string, text: string): string {
  return `${urn} ${text}`;
}
