import { type JavaValue, type MissingReading, missingReadings } from "./java-values.ts";

/** The variables of a template: API Gateway's objects, and the template's own. */
export class Scope {
  readonly #variables: Map<string, JavaValue>;
  readonly #assignContext: (path: readonly string[], value: JavaValue) => void;
  /** The value of a reference to something missing. */
  readonly missing: MissingReading;
  /** Set by `#break`, reset by the loop that it ends. */
  isBreaking = false;

  /**
   * @param objects `input`, `util`, `context`, `stageVariables`.
   * @param assignContext `#set($context.path = value)`.
   * @param missing the value of a reference to something missing; only tests set another than the cloud's.
   */
  constructor(
    objects: Readonly<Record<string, JavaValue>>,
    assignContext: (path: readonly string[], value: JavaValue) => void,
    missing: MissingReading = missingReadings.true,
  ) {
    this.missing = missing;
    this.#variables = new Map(Object.entries(objects));
    this.#assignContext = assignContext;
  }

  read(name: string): JavaValue {
    return this.#variables.get(name);
  }

  /** Sets a variable; undefined removes it. */
  write(name: string, value: JavaValue): void {
    if (value === undefined) this.#variables.delete(name);
    else this.#variables.set(name, value);
  }

  /** `#set($name.path = value)`. */
  assign(name: string, path: readonly string[], value: JavaValue): void {
    if (name === "context") {
      this.#assignContext(path, value);
      return;
    }
    let target = this.read(name);
    for (const key of path.slice(0, -1)) target = target instanceof Map ? target.get(key) : undefined;
    if (target instanceof Map) target.set(path.at(-1) ?? "", value);
  }
}

/** Renders a template in a scope. */
export type Render = (scope: Scope) => string;
