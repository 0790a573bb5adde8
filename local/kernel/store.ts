import type { Place } from "./place.ts";
import type { Ports } from "./ports.ts";
import type { Identity } from "./resource.ts";
import { Shelf } from "./shelf.ts";

/** A service's resources of its main kind, with the ports that its operations need. */
export abstract class Store<T extends Identity> extends Shelf<T> {
  readonly ports: Ports;

  constructor(ports: Ports) {
    super();
    this.ports = ports;
  }

  /** The resource of this name in an account and region, or undefined. */
  named(name: string, place: Place): T | undefined {
    return this.list(place).find((thing) => thing.name === name);
  }

  /** Drops the data of all resources, and keeps the resources. Default: they have no data. */
  emptyData(): void {}

  /** Removes all resources. */
  close(): void {
    this.clear();
  }
}
