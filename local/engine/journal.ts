import { UserError } from "../kernel/errors.ts";
import type { Properties } from "../resource-types/resource-type.ts";
import { noDiff, type Outcome, type PropertyDiff } from "./resource-step.ts";
import type { ResourceState, StackState } from "./state.ts";

/** Numbers of resources, components and the stack among them. */
export interface Summary {
  readonly created: number;
  readonly updated: number;
  readonly replaced: number;
  readonly deleted: number;
  readonly same: number;
}

/** What a deployment did to one resource, or would do. */
export interface ResourceChange extends PropertyDiff {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly outcome: Exclude<Outcome, "same"> | "deleted";
  /** Inputs before and after, as on the wire: secrets wrapped. */
  readonly before?: Properties;
  readonly after?: Properties;
}

/** What a deployment has done to a stack so far. Whatever happens, nothing that was made is forgotten. */
export class Journal {
  readonly #before: StackState;
  /** What the stack had and what has not been taken over, by the URN that it had. */
  readonly #old: Map<string, ResourceState>;
  readonly #condemned: Set<ResourceState>;
  /** What was deleted before it is registered again, and the inputs because of which. */
  readonly #lost = new Map<ResourceState, readonly string[]>();
  readonly #made = new Map<string, ResourceState>();
  readonly #claimed = new Set<string>();
  /** URN before → URN now. */
  readonly #taken = new Map<string, string>();
  readonly #summary = { created: 0, updated: 0, replaced: 0, deleted: 0, same: 0 };
  readonly #changes: ResourceChange[] = [];

  constructor(before: StackState) {
    this.#before = before;
    this.#old = new Map(before.resources);
    this.#condemned = new Set(before.condemned);
  }

  get summary(): Summary {
    return this.#summary;
  }

  /** What was created, updated, replaced or deleted. */
  get changes(): readonly ResourceChange[] {
    return this.#changes;
  }

  /** Takes the URN for a registration; what the stack had under it, or under one that the resource had before. Throws UserError for a second one. */
  claim(urn: string, aliases: readonly string[]): ResourceState | undefined {
    if (this.#claimed.has(urn)) throw new UserError(`Duplicate resource URN '${urn}'; try giving it a unique name`);
    this.#claimed.add(urn);
    const known = [urn, ...aliases].find((name) => this.#old.has(name) && !this.#taken.has(name));
    if (known === undefined) return undefined;
    this.#taken.set(known, urn);
    return this.#old.get(known);
  }

  /** The resource is as registered now. */
  record(state: ResourceState, outcome?: Outcome, diff: PropertyDiff = noDiff): void {
    let before: Properties | undefined;
    for (const [known, now] of this.#taken) {
      if (now !== state.urn) continue;
      before ??= this.#before.resources.get(known)?.inputs;
      this.#old.delete(known);
    }
    this.#made.set(state.urn, state);
    if (!outcome) return;
    this.#summary[outcome]++;
    const { urn, type, name, inputs: after } = state;
    if (outcome !== "same") this.#changes.push({ urn, type, name, outcome, before, after, ...diff });
  }

  /** Sets what a component, or the stack, registers as its outputs. */
  setOutputs(urn: string, outputs: Properties): ResourceState {
    const state = this.#made.get(urn);
    if (!state) throw new UserError(`outputs were registered for a resource that is not known: ${urn}`);
    this.#made.set(urn, { ...state, outputs });
    return state;
  }

  /** What the stack had and what no registration has taken over yet, each after what it depends on. */
  untaken(): readonly ResourceState[] {
    return [...this.#old.values()].filter((state) => !this.#taken.has(state.urn) && !this.#lost.has(state));
  }

  /** The resource is gone, because of these inputs, and is expected to be registered again. */
  lose(state: ResourceState, inputs: readonly string[]): void {
    this.#lost.set(state, inputs);
  }

  /** The inputs because of which the resource is gone already; undefined when it is there. */
  goneBy(state: ResourceState): readonly string[] | undefined {
    return this.#lost.get(state);
  }

  /** Another one has taken the place of this resource, which is still there. */
  condemn(state: ResourceState): void {
    this.#condemned.add(state);
  }

  /** What is to be deleted after the program has ended, last made first: what was replaced, and what is not registered any more. */
  leftover(): readonly ResourceState[] {
    const unregistered = [...this.#old.values()].filter(({ urn }) => !this.#taken.has(urn));
    const order = [...this.#before.condemned, ...this.#before.resources.values()];
    return [...this.#condemned, ...unregistered].sort((left, right) => order.indexOf(right) - order.indexOf(left));
  }

  /** Whether this is what the program no longer registers, rather than what another one has replaced. */
  isUnregistered(state: ResourceState): boolean {
    return !this.#condemned.has(state);
  }

  /** The resource is gone. */
  forget(state: ResourceState): void {
    if (this.#condemned.delete(state)) return;
    this.#old.delete(state.urn);
    if (this.#taken.has(state.urn)) return;
    this.#summary.deleted++;
    const { urn, type, name, inputs: before } = state;
    this.#changes.push({ urn, type, name, outcome: "deleted", before, ...noDiff });
  }

  /** The stack as it is now. */
  after(outputs: Properties | undefined): StackState {
    const left = [...this.#old].filter(([, state]) => !this.#lost.has(state));
    return { resources: new Map([...left, ...this.#made]), condemned: [...this.#condemned], outputs };
  }
}
