/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The function was deployed with an invalid environment; lists every mistake. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
  readonly mistakes: readonly string[];
  constructor(mistakes: readonly string[]) {
    super(`the function's environment is wrong: ${mistakes.join("; ")}`);
    this.mistakes = mistakes;
  }
}

/** Reads variables and collects the mistakes; `finish` throws them together. */
export interface EnvironmentReader {
  required(name: string): string;
  optional(name: string, fallback: string): string;
  oneOf<T extends string>(name: string, allowed: readonly T[], fallback: T): T;
  mistake(text: string): void;
  /** @throws EnvironmentError for any mistake */
  finish(): void;
}

/** Makes a reader of `environment`; an empty value counts as not set. */
export function readEnvironment(environment: Environment): EnvironmentReader {
  const mistakes: string[] = [];
  const value = (name: string): string | undefined => environment[name] || undefined;
  return {
    required(name) {
      const found = value(name);
      if (found === undefined) mistakes.push(`${name} is not set`);
      return found ?? "";
    },
    optional: (name, fallback) => value(name) ?? fallback,
    oneOf(name, allowed, fallback) {
      const found = value(name) ?? fallback;
      const known = allowed.find((candidate) => candidate === found);
      if (known === undefined) mistakes.push(`${name} is "${found}"; allowed: ${allowed.join(", ")}`);
      return known ?? fallback;
    },
    mistake: (text) => void mistakes.push(text),
    finish() {
      if (mistakes.length > 0) throw new EnvironmentError(mistakes);
    },
  };
}
