import type { CheckWarning } from "../resource-types/provider.ts";
import { warningText } from "../resource-types/warning-text.ts";

/** What a deployment's providers warn of, each thing once: a component may have said the same of its child, and a check may run twice. */
export class Warnings {
  readonly #said = new Set<string>();
  readonly #say: (text: string) => void;

  /** @param say prints a line. */
  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  /** Of a resource's check. */
  add(urn: string, warnings: readonly CheckWarning[]): void {
    for (const warning of warnings) {
      const text = warningText(urn, warning);
      if (this.isSaid(urn, text)) continue;
      this.#said.add(key(urn, text));
      this.#say(text);
    }
  }

  /** Whether a provider has said exactly this of this resource. */
  isSaid(urn: string, text: string): boolean {
    return this.#said.has(key(urn, text));
  }
}

function key(urn: string, text: string): string {
  return `${urn} ${text}`;
}
