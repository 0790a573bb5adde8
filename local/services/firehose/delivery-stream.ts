import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { ServiceRoles } from "../../accounts/service-role.ts";
import { type Timer, TimerKind } from "../../kernel/clock.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { Principal } from "../../kernel/principal.ts";
import { DeliveryLog } from "./delivery-log.ts";
import type { Destination } from "./destination.ts";
import { renderPrefix, suffixTime } from "./prefix.ts";

const MIB = 1024 * 1024;
/** How long data waits for a destination that does not take it, before it is given up. */
const RETENTION_MS = 24 * 3_600_000;
const FIRST_RETRY_MS = 5_000;
const MAX_RETRY_MS = 600_000;

const compress = promisify(gzip);

/** Whose the key is that a delivery stream is encrypted with. */
export const KeyType = { AwsOwned: "AWS_OWNED_CMK", CustomerManaged: "CUSTOMER_MANAGED_CMK" } as const;
export type KeyType = (typeof KeyType)[keyof typeof KeyType];

/** How a delivery stream keeps what it has not delivered yet; undefined where it is not encrypted. */
export interface StreamEncryption {
  readonly keyType: KeyType;
  /** With `CUSTOMER_MANAGED_CMK`, and only with it. */
  readonly keyArn?: string | undefined;
}

/** How Firehose assumes the role of a destination. */
/** https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#firehose-assume-role */
export const FIREHOSE_PRINCIPAL = { name: "firehose.amazonaws.com", sendsSourceAccount: false } as const;
const DELIVERY_SESSION = { servicePrincipal: FIREHOSE_PRINCIPAL, sessionName: "AWSFirehoseToS3" };

/** Records on their way into one object. */
interface Batch {
  readonly chunks: Buffer[];
  bytes: number;
  /** When the oldest record arrived: cloud time, milliseconds since the epoch. */
  readonly since: number;
}

/** What a delivery stream has done and has still to do. */
export interface DeliveryCounts {
  /** Taken in and not yet in a bucket, nor given up. */
  readonly pendingRecords: number;
  readonly pendingBytes: number;
  readonly deliveredRecords: number;
  readonly deliveredObjects: number;
  /** Given up after 24 hours of trying. */
  readonly droppedRecords: number;
  readonly failedAttempts: number;
}

/**
 * A delivery stream: takes records in, gathers them until there are enough or time is over, and puts them into a bucket as its role.
 *
 * What the bucket does not take is tried again after 5 s, then twice as long each time up to 10 min, for 24 h of cloud time; then it is given
 * up, which the log, the metrics and `counts().droppedRecords` say. Deliveries overlap; their order is not promised, as in AWS.
 */
export class DeliveryStream {
  readonly name: string;
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
  /** Cloud time, milliseconds since the epoch. */
  readonly createdAt: number;
  encryption: StreamEncryption | undefined;
  tags: Readonly<Record<string, string>> = {};
  readonly #ports: Ports;
  readonly #waiting = new Set<Timer>();
  #destination: Destination;
  #version = 1;
  #updatedAt: number | undefined;
  #batch: Batch | undefined;
  #flushTimer: Timer | undefined;
  readonly #roles: ServiceRoles;
  #generation = 0;
  #counts = {
    pendingRecords: 0,
    pendingBytes: 0,
    deliveredRecords: 0,
    deliveredObjects: 0,
    droppedRecords: 0,
    failedAttempts: 0,
  };

  constructor(
    ports: Ports,
    settings: {
      name: string;
      arn: string;
      accountId: string;
      region: string;
      destination: Destination;
      encryption: StreamEncryption | undefined;
    },
  ) {
    this.#ports = ports;
    this.#roles = new ServiceRoles(ports, DELIVERY_SESSION);
    this.name = settings.name;
    this.arn = settings.arn;
    this.accountId = settings.accountId;
    this.region = settings.region;
    this.#destination = settings.destination;
    this.encryption = settings.encryption;
    this.createdAt = ports.clock.now();
  }

  get destination(): Destination {
    return this.#destination;
  }

  /** Rises with every change of the destination; part of the objects' names. */
  get version(): number {
    return this.#version;
  }

  /** When something about the stream changed last: cloud time, milliseconds since the epoch. */
  get updatedAt(): number | undefined {
    return this.#updatedAt;
  }

  /** Says that something about the stream changes now. */
  touch(): void {
    this.#updatedAt = this.#ports.clock.now();
  }

  /** Delivers by another configuration from now on: also what is gathered already, and what waits for another attempt. */
  reconfigure(destination: Destination): void {
    this.#destination = destination;
    this.#version++;
    this.touch();
    this.#flushTimer?.cancel();
    this.#flushTimer = undefined;
    this.#flushInTime();
  }

  counts(): DeliveryCounts {
    return { ...this.#counts };
  }

  /** Takes one record in. */
  put(data: Buffer): void {
    const now = this.#ports.clock.now();
    this.#batch ??= { chunks: [], bytes: 0, since: now };
    this.#batch.chunks.push(data);
    this.#batch.bytes += data.length;
    this.#counts.pendingRecords++;
    this.#counts.pendingBytes += data.length;
    this.#flushInTime();
  }

  /** Sends off what is gathered when it is enough, else when the time is over that the oldest of it may wait. */
  #flushInTime(): void {
    const batch = this.#batch;
    if (!batch) return;
    if (batch.bytes >= this.destination.bufferingSize * MIB) {
      this.flush();
      return;
    }
    const left = batch.since + this.destination.bufferingInterval * 1000 - this.#ports.clock.now();
    this.#flushTimer ??= this.#ports.clock.setTimer(Math.max(0, left), TimerKind.Data, () => {
      this.#flushTimer = undefined;
      this.flush();
    });
  }

  /** Sends off what is gathered so far, as at the end of a buffer. */
  flush(): void {
    this.#flushTimer?.cancel();
    this.#flushTimer = undefined;
    const batch = this.#batch;
    this.#batch = undefined;
    if (batch) this.#deliver(batch, objectSuffix(this, batch.since), FIRST_RETRY_MS);
  }

  /** Forgets everything that is on its way. */
  empty(): void {
    this.#generation++;
    this.#flushTimer?.cancel();
    this.#flushTimer = undefined;
    for (const timer of this.#waiting) timer.cancel();
    this.#waiting.clear();
    this.#batch = undefined;
    this.#counts = {
      pendingRecords: 0,
      pendingBytes: 0,
      deliveredRecords: 0,
      deliveredObjects: 0,
      droppedRecords: 0,
      failedAttempts: 0,
    };
  }

  /** One attempt; the name is made once, so that an attempt whose answer was lost is overwritten by the next and not doubled. */
  #deliver(batch: Batch, suffix: string, retryMs: number): void {
    const generation = this.#generation;
    const isCurrent = () => this.#generation === generation;
    const release = this.#ports.clock.hold();
    this.#putObject(batch, suffix)
      .then(
        () => {
          if (isCurrent()) this.#delivered(batch);
        },
        async (error: unknown) => {
          if (!(error instanceof AwsError)) throw error;
          if (isCurrent()) await this.#failed(batch, suffix, retryMs, error);
        },
      )
      .finally(release);
  }

  async #putObject(batch: Batch, suffix: string): Promise<void> {
    const { destination } = this;
    const gathered = Buffer.concat(batch.chunks, batch.bytes);
    const body = destination.compressionFormat === "GZIP" ? await compress(gathered) : gathered;
    const bucket = destination.bucketArn.split(":::")[1] ?? "";
    const principal = this.assumeRole();
    await this.#ports.calls.call({
      service: "s3",
      operation: "PutObject",
      params: {
        Bucket: bucket,
        Key: `${renderPrefix(destination.prefix, batch.since, destination.customTimeZone)}${suffix}`,
        Body: body,
        ContentType: "application/octet-stream",
      },
      principal,
      region: this.#ports.calls.find(destination.bucketArn)?.region ?? this.region,
    });
  }

  /**
   * The delivery role, as a session that is used again until it ends.
   * @throws AwsError when the role's trust policy refuses Firehose.
   */
  assumeRole(roleArn = this.destination.roleArn): Principal {
    return this.#roles.principal(roleArn, this.accountId);
  }

  #delivered(batch: Batch): void {
    this.#settle(batch);
    this.#counts.deliveredRecords += batch.chunks.length;
    this.#counts.deliveredObjects++;
    this.#metric("DeliveryToS3.Success", 1, "Count");
    this.#metric("DeliveryToS3.Records", batch.chunks.length, "Count");
    this.#metric("DeliveryToS3.Bytes", batch.bytes, "Bytes");
    this.#metric("DeliveryToS3.DataFreshness", (this.#ports.clock.now() - batch.since) / 1000, "Seconds");
  }

  async #failed(batch: Batch, suffix: string, retryMs: number, error: AwsError): Promise<void> {
    this.#counts.failedAttempts++;
    this.#roles.forget(this.destination.roleArn, this.accountId);
    const age = this.#ports.clock.now() - batch.since;
    this.#metric("DeliveryToS3.Success", 0, "Count");
    this.#metric("DeliveryToS3.DataFreshness", age / 1000, "Seconds");
    const isOver = age >= RETENTION_MS;
    const log = new DeliveryLog(this.#ports, this);
    await log.write(error, isOver ? batch.chunks.length : undefined);
    if (isOver) {
      this.#settle(batch);
      this.#counts.droppedRecords += batch.chunks.length;
      this.#metric("DeliveryToS3.DroppedRecords", batch.chunks.length, "Count");
      return;
    }
    const generation = this.#generation;
    const timer = this.#ports.clock.setTimer(Math.min(retryMs, RETENTION_MS - age), TimerKind.Data, () => {
      this.#waiting.delete(timer);
      if (this.#generation === generation) this.#deliver(batch, suffix, Math.min(retryMs * 2, MAX_RETRY_MS));
    });
    this.#waiting.add(timer);
  }

  #settle(batch: Batch): void {
    this.#counts.pendingRecords -= batch.chunks.length;
    this.#counts.pendingBytes -= batch.bytes;
  }

  #metric(name: string, value: number, unit: string): void {
    putMetric(this.#ports, this, name, value, unit);
  }
}

/** Publishes a metric of a delivery stream, as AWS does behind everyone's back. */
export function putMetric(
  ports: Ports,
  stream: Pick<DeliveryStream, "name" | "accountId" | "region">,
  name: string,
  value: number,
  unit: string,
): void {
  ports.metrics.put({
    accountId: stream.accountId,
    region: stream.region,
    namespace: "AWS/Firehose",
    name,
    dimensions: { DeliveryStreamName: stream.name },
    value,
    unit,
    time: ports.clock.now(),
  });
}

function objectSuffix(stream: DeliveryStream, since: number): string {
  const { compressionFormat, fileExtension, customTimeZone } = stream.destination;
  const extension = fileExtension || (compressionFormat === "GZIP" ? ".gz" : "");
  return `${stream.name}-${stream.version}-${suffixTime(since, customTimeZone)}-${randomUUID()}${extension}`;
}
