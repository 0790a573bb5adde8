import type { Place } from "./place.ts";

/** A service's resources of one kind, by ARN, oldest first. */
export class Shelf<T extends Place & { readonly arn: string }> {
  readonly #things = new Map<string, T>();

  /** The resource with this ARN, or undefined. */
  find(arn: string): T | undefined {
    return this.#things.get(arn);
  }

  add(thing: T): void {
    this.#things.set(thing.arn, thing);
  }

  remove({ arn }: T): void {
    this.#things.delete(arn);
  }

  /** The resources of an account in a region, or all. */
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
