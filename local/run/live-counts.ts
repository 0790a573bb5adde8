import { partitionOf } from "../../aws/partitions.ts";
import type { TraceRecord } from "../kernel/trace.ts";
import { type RecordId, recordsArchivedIn, recordsParkedIn } from "../ledger/collect.ts";
import type { System } from "../system.ts";
import type { IamRefusals } from "./iam-refusals.ts";

/** Current numbers of events; the ledger's, once everything has arrived. */
export interface CurrentCounts {
  /** Records in the stream. */
  readonly accepted: number;
  /** Items in the table. */
  readonly stored: number;
  readonly parked: number;
  readonly parkedByReason: Readonly<Record<string, number>>;
  /** Records with a line in the archive. */
  readonly archived: number;
  /** Refused calls, by any principal. */
  readonly refusedByIam: number;
}

/**
 * Counts events during a run: listens to the trace, and reads each new object of the two buckets once. It makes no
 * calls, so faults and policies do not apply.
 */
export class LiveCounts {
  readonly #system: System;
  readonly #refusals: IamRefusals;
  readonly #newParked = new Set<string>();
  readonly #newArchived = new Set<string>();
  readonly #reasons = new Map<RecordId, string>();
  readonly #archived = new Set<RecordId>();
  #accepted = 0;

  /** Starts counting. */
  constructor(system: System, refusals: IamRefusals) {
    this.#system = system;
    this.#refusals = refusals;
    system.cloud.trace.listen((record) => this.#note(record));
  }

  read(): CurrentCounts {
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
      // Other principals can put any content into the buckets.
      if (facts["bucket"] === source.parkedBucketName) this.#newParked.add(String(facts["key"]));
      if (facts["bucket"] === target.archiveBucketName) this.#newArchived.add(String(facts["key"]));
    }
  }

  /** The objects that still exist under these keys; clears the keys. */
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

/** The status line of a run that stays up. The longest part is at its end, where a narrow terminal cuts it off. */
export function liveLine({ accepted, stored, parked, parkedByReason, archived, refusedByIam }: CurrentCounts): string {
  const reasons = Object.entries(parkedByReason).map(([reason, count]) => `${count} ${reason}`);
  return [
    `accepted ${accepted}`,
    `stored ${stored}`,
    `archived ${archived}`,
    `refused by IAM ${refusedByIam}`,
    `parked ${parked}${reasons.length > 0 ? ` (${reasons.join(", ")})` : ""}`,
  ].join("  ");
}
