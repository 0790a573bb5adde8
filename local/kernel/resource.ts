import type { Place } from "./place.ts";

/** A resource's place, name and ARN. */
export interface Identity extends Place {
  readonly name: string;
  readonly arn: string;
}

/** A resource of a service, as a `Shelf` keeps it. */
export abstract class Resource implements Identity {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly arn: string;

  constructor({ accountId, region, name, arn }: Identity) {
    this.accountId = accountId;
    this.region = region;
    this.name = name;
    this.arn = arn;
  }
}
