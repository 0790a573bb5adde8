import { partitionOf } from "../../aws/partitions.ts";
import type { TraceRecord } from "../kernel/trace.ts";
import { type RecordId, recordsArchivedIn, recordsParkedIn } from "../ledger/collect.ts";
import type { System } from "../system.ts";
import type { IamRefusals } from "./iam-refusals.ts";

/** How far events have got, now: what the ledger will say when everything has arrived. */
export interface Reach {
  /** Records that were put into the stream. */
  readonly accepted: number;
  /** Items of the table. */
  readonly stored: number;
  readonly parked: number;
  readonly parkedByReason: Readonly<Record<string, number>>;
  /** Records of which a line is in the archive. */
  readonly archived: number;
  /** Calls, of whoever made them. */
  readonly refusedByIam: number;
}

/**
 * Counts while things happen. It listens to the trace for what changed, and looks at each new object of the two buckets once; it makes no calls, so faults and
 * policies do not concern it.
 */
export class LiveCounts {
  readonly #system: System;
  readonly #refusals: IamRefusals;
  readonly #newParked = new Set<string>();
  readonly #newArchived = new Set<string>();
  readonly #reasons = new Map<RecordId, string>();
  readonly #archived = new Set<RecordId>();
  #accepted = 0;

  /** Counts what happens from now on. */
  constructor(system: System, refusals: IamRefusals) {
    this.#system = system;
    this.#refusals = refusals;
    system.cloud.trace.listen((record) => this.#note(record));
  }

  read(): Reach {
    const { source, target } = this.#system.ledgerSources;
    for (const { key, body } of this.#take(this.#newParked, bucketArn(source.parkedBucketName, source.region))) {
      for (const { id, reason } of recordsParkedIn(key, body)) this.#reasons.set(id, reason);
    }
    for (const { key, body } of this.#take(this.#newArchived, bucketArn(target.archiveBucketName, target.region))) {
      for (const { id } of recordsArchivedIn(key, body)) this.#archived.add(id);
    }
    const parkedByReason: Record<string, number> = {};
    for (const reason of this.#reasons.values()) parkedByReason[reason] = (parkedByReason[reason] ?? 0) + 1;
    return {
      accepted: this.#accepted,
      stored: this.#system.cloud.contents(String(this.#system.target.outputs["tableArn"]))?.count ?? 0,
      parked: this.#reasons.size,
      parkedByReason,
      archived: this.#archived.size,
      refusedByIam: this.#refusals.count,
    };
  }

  #note({ call, facts, principal }: TraceRecord): void {
    const { source, target } = this.#system.ledgerSources;
    if (call.startsWith("kinesis:PutRecord") && facts["stream"] === source.streamName) {
      this.#accepted += Number(facts["records"]);
    } else if (call === "s3:PutObject" && facts["key"] !== undefined && principal.includes(":assumed-role/")) {
      // What somebody else puts into the buckets is anything.
      if (facts["bucket"] === source.parkedBucketName) this.#newParked.add(String(facts["key"]));
      if (facts["bucket"] === target.archiveBucketName) this.#newArchived.add(String(facts["key"]));
    }
  }

  /** The objects of these keys that are still there; the keys are forgotten. */
  #take(keys: Set<string>, bucket: string): { key: string; body: Buffer }[] {
    const objects = this.#system.cloud.contents(bucket);
    const found = [...keys].flatMap((key) => {
      const body = objects?.read(key);
      return body ? [{ key, body }] : [];
    });
    keys.clear();
    return found;
  }
}

function bucketArn(name: string, region: string): string {
  return `arn:${partitionOf(region)}:s3:::${name}`;
}

/** The line that a run shows while it stays up; what may be long is at its end, where a narrow terminal cuts it. */
export function liveLine({ accepted, stored, parked, parkedByReason, archived, refusedByIam }: Reach): string {
  const reasons = Object.entries(parkedByReason).map(([reason, count]) => `${count} ${reason}`);
  return [
    `accepted ${accepted}`,
    `stored ${stored}`,
    `archived ${archived}`,
    `refused by IAM ${refusedByIam}`,
    `parked ${parked}${reasons.length > 0 ? ` (${reasons.join(", ")})` : ""}`,
  ].join("  ");
}
