import { DAY_MS } from "../../kernel/clock.ts";
import { type Identity, Resource } from "../../kernel/resource.ts";
import { EVENT_OVERHEAD_BYTES, MAX_GROUP_BYTES } from "./limits.ts";

/** One log event. Times are milliseconds since the epoch. */
export interface LogEvent {
  readonly eventId: string;
  readonly stream: string;
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
}

/** A log stream. Its events are in the group, in order of ingestion. */
export interface LogStream {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  firstEventAt?: number;
  lastEventAt?: number;
  lastIngestedAt?: number;
}

/** Settings of a log group. */
export interface LogGroupSettings {
  /** Undefined: events never expire. */
  readonly retentionInDays: number | undefined;
  readonly kmsKeyId: string | undefined;
  readonly logGroupClass: string;
  readonly isDeletionProtected: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** A log group with its streams and newest events. Its ARN is without the `:*` that some responses add. */
export class LogGroup extends Resource {
  readonly createdAt: number;
  settings: LogGroupSettings;
  readonly streams = new Map<string, LogStream>();
  #events: LogEvent[] = [];
  #bytes = 0;
  #sequence = 0;

  constructor(group: Identity & { createdAt: number; settings: LogGroupSettings }) {
    super(group);
    this.createdAt = group.createdAt;
    this.settings = group.settings;
  }

  addStream(name: string, now: number): LogStream {
    const stream: LogStream = { name, arn: `${this.arn}:log-stream:${name}`, createdAt: now };
    this.streams.set(name, stream);
    return stream;
  }

  removeStream(name: string): void {
    this.streams.delete(name);
    this.#keep((event) => event.stream !== name);
  }

  append(stream: LogStream, events: readonly { timestamp: number; message: string }[], now: number): void {
    for (const { timestamp, message } of events) {
      const eventId = String(this.#sequence++).padStart(56, "0");
      this.#events.push({ eventId, stream: stream.name, timestamp, ingestionTime: now, message });
      this.#bytes += sizeOf(message);
      stream.firstEventAt = Math.min(stream.firstEventAt ?? timestamp, timestamp);
      stream.lastEventAt = Math.max(stream.lastEventAt ?? timestamp, timestamp);
      stream.lastIngestedAt = now;
    }
    if (this.#bytes > MAX_GROUP_BYTES) this.#dropOldest();
  }

  /** The events that have not expired at `now`, in order of their timestamps. */
  events(now: number): readonly LogEvent[] {
    const expired = this.expiresBefore(now);
    this.#keep((event) => event.timestamp >= expired);
    return this.#events.toSorted((a, b) => a.timestamp - b.timestamp);
  }

  /** Events with an earlier timestamp have expired. */
  expiresBefore(now: number): number {
    const days = this.settings.retentionInDays;
    return days === undefined ? Number.NEGATIVE_INFINITY : now - days * DAY_MS;
  }

  storedBytes(): number {
    return this.#bytes;
  }

  clear(): void {
    this.#events = [];
    this.#bytes = 0;
    for (const stream of this.streams.values()) {
      delete stream.firstEventAt;
      delete stream.lastEventAt;
      delete stream.lastIngestedAt;
    }
  }

  #keep(isKept: (event: LogEvent) => boolean): void {
    if (this.#events.every(isKept)) return;
    this.#events = this.#events.filter(isKept);
    this.#bytes = this.#events.reduce((sum, event) => sum + sizeOf(event.message), 0);
  }

  /** Keeps three quarters, so that not every append drops events. */
  #dropOldest(): void {
    let at = 0;
    while (this.#bytes > MAX_GROUP_BYTES * 0.75 && at < this.#events.length) {
      this.#bytes -= sizeOf(this.#events[at]!.message);
      at++;
    }
    this.#events = this.#events.slice(at);
  }
}

/** Size of an event in bytes, as CloudWatch Logs counts it. */
export function sizeOf(message: string): number {
  return Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES;
}
