import type { Place } from "./place.ts";

/** The resources of one kind that a service has, by ARN, oldest first. */
export class Shelf<T extends Place & { readonly arn: string }> {
  readonly #things = new Map<string, T>();

  /** The one with this ARN, or undefined. */
  find(arn: string): T | undefined {
    return this.#things.get(arn);
  }

  add(thing: T): void {
    this.#things.set(thing.arn, thing);
  }

  remove({ arn }: T): void {
    this.#things.delete(arn);
  }

  /** Those of an account in a region, or all. */
  list(place?: Place): T[] {
    const all = [...this.#things.values()];
    return place
      ? all.filter(({ accountId, region }) => accountId === place.accountId && region === place.region)
      : all;
  }

  /** Removes all, one by one. */
  clear(): void {
    for (const thing of this.list()) this.remove(thing);
  }
}
