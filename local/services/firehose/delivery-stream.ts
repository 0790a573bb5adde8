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
import { FIRST_RETRY_MS, MAX_RETRY_MS, RETENTION_MS } from "./limits.ts";
import { renderPrefix, suffixTime } from "./prefix.ts";

const MIB = 1024 * 1024;

const compress = promisify(gzip);

/** Kinds of KMS keys for server-side encryption. */
export const KeyType = { AwsOwned: "AWS_OWNED_CMK", CustomerManaged: "CUSTOMER_MANAGED_CMK" } as const;
export type KeyType = (typeof KeyType)[keyof typeof KeyType];

/** Server-side encryption of a delivery stream; undefined: none. */
export interface StreamEncryption {
  readonly keyType: KeyType;
  /** For `CUSTOMER_MANAGED_CMK` only. */
  readonly keyArn?: string | undefined;
}

/**
 * Whom roles of destinations trust
 * (https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#firehose-assume-role).
 */
export const FIREHOSE_PRINCIPAL = { name: "firehose.amazonaws.com", sendsSourceAccount: false } as const;
const DELIVERY_SESSION = { servicePrincipal: FIREHOSE_PRINCIPAL, sessionName: "AWSFirehoseToS3" };

/** The buffered records of one object. */
interface Batch {
  readonly chunks: Buffer[];
  bytes: number;
  /** When the oldest record arrived: cloud time, milliseconds since the epoch. */
  readonly since: number;
}

/** What a delivery stream has delivered, and what is left. */
export interface DeliveryCounts {
  /** Neither delivered nor dropped yet. */
  readonly pendingRecords: number;
  readonly pendingBytes: number;
  readonly deliveredRecords: number;
  readonly deliveredObjects: number;
  /** Dropped after 24 hours of retries. */
  readonly droppedRecords: number;
  readonly failedAttempts: number;
}

/**
 * A delivery stream: buffers records up to its size limit or its buffering interval, and puts them into a bucket as its
 * role.
 *
 * A delivery that fails is retried after 5 s, then after twice the time up to 10 min, for 24 h of cloud time; then its
 * data is dropped, which the log, the metrics and `counts().droppedRecords` show. Deliveries overlap, and their order
 * is
 * undefined, as on AWS.
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

  /** Version of the destination, from 1; part of the objects' names. */
  get version(): number {
    return this.#version;
  }

  /** Last change of the stream: cloud time, milliseconds since the epoch. */
  get updatedAt(): number | undefined {
    return this.#updatedAt;
  }

  /** Sets the time of the last change. */
  touch(): void {
    this.#updatedAt = this.#ports.clock.now();
  }

  /** Replaces the destination, for buffered records and for retries too. */
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

  /** Buffers one record. */
  put(data: Buffer): void {
    const now = this.#ports.clock.now();
    this.#batch ??= { chunks: [], bytes: 0, since: now };
    this.#batch.chunks.push(data);
    this.#batch.bytes += data.length;
    this.#counts.pendingRecords++;
    this.#counts.pendingBytes += data.length;
    this.#flushInTime();
  }

  /** Flushes the buffer at its size limit, or when its oldest record reaches the buffering interval. */
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

  /** Delivers the buffer now. */
  flush(): void {
    this.#flushTimer?.cancel();
    this.#flushTimer = undefined;
    const batch = this.#batch;
    this.#batch = undefined;
    if (batch) this.#deliver(batch, objectSuffix(this, batch.since), FIRST_RETRY_MS);
  }

  /** Drops buffered data, retries and counts. */
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

  /** One attempt. All attempts use one key, so that a retry after a lost response overwrites the object. */
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
    const buffered = Buffer.concat(batch.chunks, batch.bytes);
    const body = destination.compressionFormat === "GZIP" ? await compress(buffered) : buffered;
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
   * A session of the delivery role.
   * @throws AwsError when the role's trust policy does not allow Firehose.
   */
  assumeRole(roleArn = this.destination.roleArn): Principal {
    return this.#roles.principal(roleArn, this.accountId);
  }

  /** As `assumeRole`, whether or not there is a session: the role's trust policy may have changed. */
  assumeAnew(roleArn: string): void {
    this.#roles.forget(roleArn, this.accountId);
    this.assumeRole(roleArn);
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

/** Publishes a metric of a delivery stream. */
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
