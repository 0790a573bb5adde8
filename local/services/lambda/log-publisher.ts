import type { Principal } from "../../accounts/principal.ts";
import type { Cloud } from "../../cloud.ts";
import { AwsError } from "../../errors.ts";
import type { LogEvent } from "./execution-environment.ts";

/** Writes one execution environment's log stream as the function's role. What IAM or the service refuses is in the trace, and never reaches the function. */
export class LogPublisher {
  readonly #cloud: Cloud;
  readonly #principal: Principal;
  readonly #region: string;
  readonly #logGroupName: string;
  readonly #logStreamName: string;
  #hasStream = false;
  #tail: Promise<void> = Promise.resolve();

  constructor(
    cloud: Cloud,
    options: { principal: Principal; region: string; logGroupName: string; logStreamName: string },
  ) {
    this.#cloud = cloud;
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
    const release = this.#cloud.clock.hold();
    const stream = { logGroupName: this.#logGroupName, logStreamName: this.#logStreamName };
    try {
      if (!this.#hasStream) await this.#createStream(stream);
      this.#hasStream = true;
      await this.#call("PutLogEvents", { ...stream, logEvents: events });
    } catch (error) {
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
    return this.#cloud.call({ service: "logs", operation, params, principal: this.#principal, region: this.#region });
  }
}
