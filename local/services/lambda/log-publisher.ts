import { AwsError } from "../../kernel/errors.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { Principal } from "../../kernel/principal.ts";
import type { LogEvent } from "./execution-environment.ts";

/** Limits of one PutLogEvents call: events, and bytes with 26 for each event. */
const MAX_EVENTS_PER_CALL = 10_000;
const MAX_BYTES_PER_CALL = 1_048_576;
const BYTES_PER_EVENT = 26;

/**
 * Writes one execution environment's log stream as the function's role. The trace shows refused calls; the function
 * never sees them.
 */
export class LogPublisher {
  readonly #ports: Ports;
  readonly #principal: Principal;
  readonly #region: string;
  readonly #logGroupName: string;
  readonly #logStreamName: string;
  #hasStream = false;
  #tail: Promise<void> = Promise.resolve();

  constructor(
    ports: Ports,
    options: { principal: Principal; region: string; logGroupName: string; logStreamName: string },
  ) {
    this.#ports = ports;
    this.#principal = options.principal;
    this.#region = options.region;
    this.#logGroupName = options.logGroupName;
    this.#logStreamName = options.logStreamName;
  }

  /** Queues the events behind those of earlier calls; resolves when they are written or refused. */
  publish(events: readonly LogEvent[]): Promise<void> {
    if (events.length > 0) this.#tail = this.#tail.then(() => this.#write(events));
    return this.#tail;
  }

  async #write(events: readonly LogEvent[]): Promise<void> {
    const release = this.#ports.clock.hold();
    const stream = { logGroupName: this.#logGroupName, logStreamName: this.#logStreamName };
    try {
      if (!this.#hasStream) await this.#createStream(stream);
      this.#hasStream = true;
      for (const logEvents of callsOf(events)) await this.#call("PutLogEvents", { ...stream, logEvents });
    } catch (error) {
      // Events that cannot be written are lost, as on AWS; the trace shows the refused call.
      if (!(error instanceof AwsError)) throw error;
    } finally {
      release();
    }
  }

  async #createStream(stream: { logGroupName: string; logStreamName: string }): Promise<void> {
    try {
      await this.#call("CreateLogStream", stream);
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== "ResourceNotFoundException") throw error;
      await this.#call("CreateLogGroup", { logGroupName: this.#logGroupName });
      await this.#call("CreateLogStream", stream);
    }
  }

  #call(operation: string, params: unknown): Promise<unknown> {
    return this.#ports.calls.call({
      service: "logs",
      operation,
      params,
      principal: this.#principal,
      region: this.#region,
    });
  }
}

/** The events, split into calls. */
function callsOf(events: readonly LogEvent[]): readonly LogEvent[][] {
  const calls: LogEvent[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const event of events) {
    const size = Buffer.byteLength(event.message) + BYTES_PER_EVENT;
    if (bytes + size > MAX_BYTES_PER_CALL || calls.at(-1)!.length === MAX_EVENTS_PER_CALL) {
      calls.push([]);
      bytes = 0;
    }
    calls.at(-1)!.push(event);
    bytes += size;
  }
  return calls;
}
