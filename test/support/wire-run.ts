import { randomBytes } from "node:crypto";
import type { Autonaming, CheckedInputs, DiffResult } from "../../local/resource-types/provider.ts";
import type { Properties } from "../../local/resource-types/resource-type.ts";
import { UNKNOWN } from "../../local/resource-types/wire-values.ts";
import { type GrpcProvider, ProviderCallError } from "./grpc-provider.ts";
import { asSent, type WireResource } from "./wire-program.ts";

/** The outcome of each resource, by name. */
export type Steps = Readonly<Record<string, "create" | "update" | "replace" | "same" | "delete">>;

/** The result of a run. */
export interface RunResult {
  readonly steps: Steps;
  /** The diff of each existing resource. */
  readonly diffs: Readonly<Record<string, DiffResult>>;
  /** Outputs of each resource; in a preview partly unknown. */
  readonly outputs: Readonly<Record<string, Properties>>;
  /** `<name>: <property>: <reason>`; without the property when the provider names none. */
  readonly failures: readonly string[];
  /** `<name>: <message>` of each failed call. */
  readonly errors: readonly string[];
}

/** A resource in the state. */
export interface StoredResource {
  readonly urn: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** Ends a step whose dependencies do not exist yet. */
class NotReadyError extends Error {}

export interface RunOptions {
  readonly provider: GrpcProvider;
  readonly isPreview: boolean;
  readonly before: readonly StoredResource[];
  readonly urn: (resource: WireResource) => string;
  readonly autonaming: ((name: string) => Autonaming) | undefined;
  readonly note: (call: string) => void;
}

/** One run of a program: check, diff, then create or update of each resource. */
export class Run {
  readonly errors: string[] = [];
  readonly #options: RunOptions;
  readonly #failures: string[] = [];
  readonly #steps: Record<string, Steps[string]> = {};
  readonly #diffs: Record<string, DiffResult> = {};
  readonly #made = new Map<string, StoredResource>();
  readonly #old: Map<string, StoredResource>;
  readonly #replaced: StoredResource[] = [];

  constructor(options: RunOptions) {
    this.#options = options;
    this.#old = new Map(options.before.map((resource) => [resource.name, resource]));
  }

  get isClean(): boolean {
    return this.#failures.length + this.errors.length === 0;
  }

  /** Processes all resources that are ready, in parallel, until none is left. */
  async make(program: readonly WireResource[]): Promise<void> {
    let waiting = [...program];
    while (waiting.length > 0) {
      const ready = waiting.flatMap((resource) => {
        const news = this.#inputsOf(resource);
        return news ? [{ resource, news }] : [];
      });
      if (ready.length === 0) break;
      waiting = waiting.filter((resource) => !ready.some((one) => one.resource === resource));
      await Promise.all(ready.map(({ resource, news }) => this.#step(resource, news)));
    }
    // Failed resources and their dependents stay unchanged.
    for (const { name } of program) {
      const old = this.#old.get(name);
      if (old && !this.#made.has(name)) this.#made.set(name, old);
      this.#old.delete(name);
    }
  }

  /** Resources to delete: replaced ones, and those no longer in the program; in the order of creation. */
  pendingDeletion(): readonly StoredResource[] {
    for (const name of this.#old.keys()) this.#steps[name] = "delete";
    const going = new Set([...this.#old.values(), ...this.#replaced]);
    return this.#options.before.filter((resource) => going.has(resource));
  }

  made(): readonly StoredResource[] {
    return [...this.#made.values()];
  }

  result(): RunResult {
    return {
      steps: this.#steps,
      diffs: this.#diffs,
      outputs: Object.fromEntries(this.made().map(({ name, id, outputs }) => [name, { ...outputs, id }])),
      failures: this.#failures,
      errors: this.errors,
    };
  }

  #inputsOf({ inputs }: WireResource): Properties | undefined {
    try {
      return asSent(typeof inputs === "function" ? inputs((name) => this.#outputsOf(name)) : inputs) as Properties;
    } catch (error) {
      if (error instanceof NotReadyError) return undefined;
      throw error;
    }
  }

  #outputsOf(name: string): Properties {
    const made = this.#made.get(name);
    if (!made) throw new NotReadyError(name);
    const outputs = { ...made.outputs, id: made.id === "" ? UNKNOWN : made.id };
    if (!this.#options.isPreview) return outputs;
    // In a preview, outputs that the provider omits are unknown too.
    return new Proxy(outputs, { get: (target, key) => Reflect.get(target, key) ?? UNKNOWN });
  }

  async #step(resource: WireResource, news: Properties): Promise<void> {
    const { name } = resource;
    try {
      const old = this.#old.get(name);
      const made = old ? await this.#change(resource, old, news) : await this.#create(resource, news, "create");
      if (made) this.#made.set(name, made);
    } catch (error) {
      if (!(error instanceof ProviderCallError)) throw error;
      this.errors.push(`${name}: ${error.message}`);
    }
  }

  async #change(resource: WireResource, old: StoredResource, program: Properties) {
    const { provider, isPreview, note } = this.#options;
    const { name, ignoreChanges = [] } = resource;
    const kept = ignoreChanges.filter((key) => key in old.inputs).map((key) => [key, old.inputs[key]]);
    const written = { ...program, ...Object.fromEntries(kept) };
    const news = await this.#check(resource, old.inputs, written);
    if (!news) return undefined;
    note(`diff ${name}`);
    const { urn, id, inputs: oldInputs, outputs: olds } = old;
    const diff = await provider.diff({ urn, id, olds, oldInputs, news, ignoreChanges });
    this.#diffs[name] = diff;
    if (diff.changes === "none") {
      this.#steps[name] = "same";
      return { ...old, inputs: news };
    }
    if (diff.replaces.length > 0) {
      if (diff.deleteBeforeReplace && !isPreview) {
        note(`delete ${name}`);
        await provider.delete({ urn, id, properties: olds, oldInputs });
        this.#old.delete(name);
      }
      const replaced = await this.#create(resource, written, "replace");
      if (replaced && !diff.deleteBeforeReplace) this.#replaced.push(old);
      return replaced;
    }
    this.#steps[name] = "update";
    note(`update ${name}`);
    const updated = await provider.update({ urn, id, olds, oldInputs, news, preview: isPreview });
    return { ...old, inputs: news, outputs: updated.properties };
  }

  async #create(resource: WireResource, program: Properties, step: "create" | "replace") {
    const { provider, isPreview, note } = this.#options;
    const inputs = await this.#check(resource, undefined, program);
    if (!inputs) return undefined;
    this.#steps[resource.name] = step;
    note(`create ${resource.name}`);
    const urn = this.#options.urn(resource);
    const { id, properties } = await provider.create({ urn, properties: inputs, preview: isPreview });
    return { urn, name: resource.name, id, inputs, outputs: properties };
  }

  async #check(resource: WireResource, olds: Properties | undefined, news: Properties) {
    const { provider, urn, autonaming, note } = this.#options;
    note(`check ${resource.name}`);
    const checked: CheckedInputs = await provider.check({
      urn: urn(resource),
      olds: olds ?? {},
      news,
      randomSeed: randomBytes(32),
      ...(autonaming ? { autonaming: autonaming(resource.name) } : {}),
    });
    for (const { property, reason } of checked.failures) {
      this.#failures.push([resource.name, property, reason].filter((part) => part !== "").join(": "));
    }
    return checked.failures.length === 0 ? checked.inputs : undefined;
  }
}
