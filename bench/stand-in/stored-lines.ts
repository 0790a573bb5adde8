import { createHash } from "node:crypto";
import type { KeptBody } from "./kept-bodies.ts";

interface FirehoseRequest {
  readonly Record?: { readonly Data: string };
  readonly Records?: readonly { readonly Data: string }[];
}

/** What a delivery stream got. */
export interface Delivered {
  /** Firehose records. */
  readonly records: number;
  /** Bytes of all records. */
  readonly payloadBytes: number;
  /** Bytes that Firehose bills: each record rounded up to 5 KB. */
  readonly billedBytes: number;
  /** Lines, also those that came before. */
  readonly deliveries: number;
  /** Different lines. */
  readonly lines: number;
  /** SHA-256 of the different lines, whatever records they came in. */
  readonly digest: string;
}

/** Firehose bills each record in steps of 5 KB (Amazon Data Firehose pricing: "rounded up to the nearest 5KB"). */
const BILLED_STEP_BYTES = 5 * 1_024;

/** The bytes that Firehose bills for one record of so many bytes. */
export function billedBytes(recordBytes: number): number {
  return Math.ceil(recordBytes / BILLED_STEP_BYTES) * BILLED_STEP_BYTES;
}

/**
 * Digests the bodies of PutRecord and PutRecordBatch requests.
 * @throws Error for a record that does not end in a line end
 */
export function digestOfLines(bodies: Iterable<KeptBody>): Delivered {
  const lines = new Set<string>();
  let records = 0;
  let deliveries = 0;
  let payloadBytes = 0;
  let billed = 0;
  for (const { body, count } of bodies) {
    const request = JSON.parse(body.toString()) as FirehoseRequest;
    for (const { Data } of request.Records ?? (request.Record ? [request.Record] : [])) {
      const data = Buffer.from(Data, "base64");
      records += count;
      payloadBytes += count * data.length;
      billed += count * billedBytes(data.length);
      const text = data.toString();
      if (!text.endsWith("\n")) throw new Error(`a Firehose record does not end in a line end: …${text.slice(-40)}`);
      const split = text.slice(0, -1).split("\n");
      deliveries += count * split.length;
      for (const line of split) lines.add(line);
    }
  }
  const hash = createHash("sha256");
  for (const line of [...lines].sort()) hash.update(`${line}\n`);
  return { records, deliveries, payloadBytes, billedBytes: billed, lines: lines.size, digest: hash.digest("hex") };
}
