import type { Place } from "./place.ts";

/** A service's resources of one kind, by a key that is unique across accounts, oldest first. */
export class KeyedShelf<T extends Place> {
  readonly #things = new Map<string, T>();
  readonly #keyOf: (thing: T) => string;

  constructor(keyOf: (thing: T) => string) {
    this.#keyOf = keyOf;
  }

  /** The resource with this key, or undefined. */
  find(key: string): T | undefined {
    return this.#things.get(key);
  }

  add(thing: T): void {
    this.#things.set(this.#keyOf(thing), thing);
  }

  remove(thing: T): void {
    this.#things.delete(this.#keyOf(thing));
  }

  /** The resources of an account in a region, or all. */
  list(place?: Place): T[] {
    const all = [...this.#things.values()];
    return place ? all.filter((thing) => isIn(thing, place)) : all;
  }

  /** Removes all, one by one. */
  clear(): void {
    for (const thing of this.list()) this.remove(thing);
  }
}

/** A service's resources of one kind, by ARN, oldest first. */
export class Shelf<T extends Place & { readonly arn: string }> extends KeyedShelf<T> {
  constructor() {
    super(({ arn }) => arn);
  }
}

/** Whether a resource is in this account and region. */
export function isIn(thing: Place, { accountId, region }: Place): boolean {
  return thing.accountId === accountId && thing.region === region;
}
