import { UserError } from "../kernel/errors.ts";
import type { Properties } from "../resource-types/resource-type.ts";
import { noDiff, type Outcome, type PropertyDiff } from "./resource-step.ts";
import type { ResourceState, StackState } from "./state.ts";

/** Numbers of resources, including components and the stack itself. */
export interface Summary {
  readonly created: number;
  readonly updated: number;
  readonly replaced: number;
  readonly deleted: number;
  readonly same: number;
}

/** The change of one resource, made or previewed. */
export interface ResourceChange extends PropertyDiff {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly outcome: Exclude<Outcome, "same"> | "deleted";
  /** Inputs before and after, in wire format: secrets wrapped. */
  readonly before?: Properties;
  readonly after?: Properties;
}

/** Records what a deployment does to a stack, so that no resource is lost when it fails. */
export class Journal {
  readonly #before: StackState;
  /** Resources of the previous state that are not registered yet, by their previous URN. */
  readonly #old: Map<string, ResourceState>;
  readonly #pendingDeletion: Set<ResourceState>;
  /** Resources deleted ahead of their replacement, with the inputs that caused it. */
  readonly #deletedEarly = new Map<ResourceState, readonly string[]>();
  readonly #made = new Map<string, ResourceState>();
  readonly #claimed = new Set<string>();
  /** URN before → URN now. */
  readonly #taken = new Map<string, string>();
  readonly #summary = { created: 0, updated: 0, replaced: 0, deleted: 0, same: 0 };
  readonly #changes: ResourceChange[] = [];

  constructor(before: StackState) {
    this.#before = before;
    this.#old = new Map(before.resources);
    this.#pendingDeletion = new Set(before.pendingDeletion);
  }

  get summary(): Summary {
    return this.#summary;
  }

  /** Created, updated, replaced and deleted resources. */
  get changes(): readonly ResourceChange[] {
    return this.#changes;
  }

  /**
   * Claims the URN for a registration and returns the previous state, found by the URN or an alias. Throws UserError
   * for a duplicate.
   */
  claim(urn: string, aliases: readonly string[]): ResourceState | undefined {
    if (this.#claimed.has(urn)) throw new UserError(`Duplicate resource URN '${urn}'; try giving it a unique name`);
    this.#claimed.add(urn);
    const known = [urn, ...aliases].find((name) => this.#old.has(name) && !this.#taken.has(name));
    if (known === undefined) return undefined;
    this.#taken.set(known, urn);
    return this.#old.get(known);
  }

  /** Records the new state of a registered resource. */
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

  /** Sets the registered outputs of a component or the stack. */
  setOutputs(urn: string, outputs: Properties): ResourceState {
    const state = this.#made.get(urn);
    if (!state) throw new UserError(`outputs were registered for a resource that is not known: ${urn}`);
    this.#made.set(urn, { ...state, outputs });
    return state;
  }

  /** Resources of the previous state that no registration has claimed yet, in dependency order. */
  unclaimed(): readonly ResourceState[] {
    return [...this.#old.values()].filter((state) => !this.#taken.has(state.urn) && !this.#deletedEarly.has(state));
  }

  /** The resource was deleted ahead of its replacement, because of these inputs. */
  markDeleted(state: ResourceState, inputs: readonly string[]): void {
    this.#deletedEarly.set(state, inputs);
  }

  /**
   * The inputs that caused the deletion of this resource ahead of its replacement; undefined when it was not deleted.
   */
  deletedBy(state: ResourceState): readonly string[] | undefined {
    return this.#deletedEarly.get(state);
  }

  /** The resource was replaced, and is to be deleted at the end. */
  deleteLater(state: ResourceState): void {
    this.#pendingDeletion.add(state);
  }

  /**
   * Resources to delete after the program has ended, in reverse order: replaced ones, and those no longer registered.
   */
  leftover(): readonly ResourceState[] {
    const unregistered = [...this.#old.values()].filter(({ urn }) => !this.#taken.has(urn));
    const order = [...this.#before.pendingDeletion, ...this.#before.resources.values()];
    return [...this.#pendingDeletion, ...unregistered].sort(
      (left, right) => order.indexOf(right) - order.indexOf(left),
    );
  }

  /** Whether the resource is no longer registered, rather than replaced. */
  isUnregistered(state: ResourceState): boolean {
    return !this.#pendingDeletion.has(state);
  }

  /** The resource was deleted. */
  forget(state: ResourceState): void {
    if (this.#pendingDeletion.delete(state)) return;
    this.#old.delete(state.urn);
    if (this.#taken.has(state.urn)) return;
    this.#summary.deleted++;
    const { urn, type, name, inputs: before } = state;
    this.#changes.push({ urn, type, name, outcome: "deleted", before, ...noDiff });
  }

  /** The state of the stack now. */
  after(outputs: Properties | undefined): StackState {
    const left = [...this.#old].filter(([, state]) => !this.#deletedEarly.has(state));
    return { resources: new Map([...left, ...this.#made]), pendingDeletion: [...this.#pendingDeletion], outputs };
  }
}
