/** One log event. Times are milliseconds since the epoch. */
export interface LogEvent {
  readonly eventId: string;
  readonly stream: string;
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
}

/** A log stream, without its events: they stand in its group, in the order in which they came. */
export interface LogStream {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  firstEventAt?: number;
  lastEventAt?: number;
  lastIngestedAt?: number;
}

/** What can be set on a log group. */
export interface LogGroupSettings {
  /** Undefined: kept for ever. */
  readonly retentionInDays: number | undefined;
  readonly kmsKeyId: string | undefined;
  readonly logGroupClass: string;
  readonly isDeletionProtected: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** Bytes of messages that a group keeps in memory; the oldest go first. */
export const MAX_GROUP_BYTES = 16 * 1024 ** 2;

/** What CloudWatch Logs counts for an event beside its message. */
export const EVENT_OVERHEAD_BYTES = 26;

const DAY_MS = 86_400_000;

/** A log group with its streams and the newest of its events. */
export class LogGroup {
  readonly name: string;
  /** Without the `:*` that some of AWS's answers add. */
  readonly arn: string;
  readonly createdAt: number;
  settings: LogGroupSettings;
  readonly streams = new Map<string, LogStream>();
  #events: LogEvent[] = [];
  #bytes = 0;
  #sequence = 0;

  constructor(group: { name: string; arn: string; createdAt: number; settings: LogGroupSettings }) {
    this.name = group.name;
    this.arn = group.arn;
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

  /** The events that retention has left at `now`, in the order of their times. */
  events(now: number): readonly LogEvent[] {
    const expired = this.expiresBefore(now);
    this.#keep((event) => event.timestamp >= expired);
    return this.#events.toSorted((a, b) => a.timestamp - b.timestamp);
  }

  /** Events of an earlier time are gone. */
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

  /** Leaves three quarters, so that this does not happen at every append. */
  #dropOldest(): void {
    let at = 0;
    while (this.#bytes > MAX_GROUP_BYTES * 0.75 && at < this.#events.length) {
      this.#bytes -= sizeOf(this.#events[at]!.message);
      at++;
    }
    this.#events = this.#events.slice(at);
  }
}

/** What an event counts, in bytes. */
export function sizeOf(message: string): number {
  return Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES;
}
