/** One call: principal, authorization requests, decision and outcome. No payloads. */
export interface TraceRecord {
  /** Cloud time, milliseconds since the epoch. */
  readonly time: number;
  /** The account that the call addressed. */
  readonly accountId: string;
  /** ARN of the principal. */
  readonly principal: string;
  /** Signing name and operation, such as `kinesis:PutRecords`. */
  readonly call: string;
  /** The authorization requests: action and resource ARN of each; of a denied call the last one is a refused one. */
  readonly authorizations: readonly { readonly action: string; readonly resource: string }[];
  readonly decision: "allowed" | "denied" | "not evaluated";
  /** `ok`, or the AWS error code. */
  readonly outcome: string;
  /** Counts and identifiers that the service adds, such as `records: 300`, `failed: 2`. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

/** Gets each record of a trace, synchronously. */
export type TraceListener = (record: TraceRecord) => void;

/**
 * All calls, newest last; read by the ledger, the tests and the console. Keeps the newest `capacity` records (default
 * 20,000); listeners get every record.
 */
export class Trace {
  readonly #capacity: number;
  readonly #listeners = new Set<TraceListener>();
  #records: TraceRecord[] = [];

  constructor(capacity = 20_000) {
    this.#capacity = capacity;
  }

  record(record: TraceRecord): void {
    this.#records.push(record);
    if (this.#records.length > this.#capacity * 2) this.#records = this.#records.slice(-this.#capacity);
    for (const listener of this.#listeners) listener(record);
  }

  /** The newest records, oldest first. */
  records(): readonly TraceRecord[] {
    return this.#records.slice(-this.#capacity);
  }

  /** Calls `listener` for each new record; the returned function unsubscribes. */
  listen(listener: TraceListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  clear(): void {
    this.#records = [];
  }
}
