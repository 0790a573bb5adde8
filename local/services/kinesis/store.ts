import { resourceRequest } from "../../kernel/authorization.ts";
import { AwsError } from "../../kernel/errors.ts";
import { type KeyAction, keyAuthorization, serviceKeyContext } from "../../kernel/kms.ts";
import type { Place } from "../../kernel/place.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { AuthorizationRequest } from "../../kernel/service.ts";
import { Shelf } from "../../kernel/shelf.ts";
import { StreamMetrics } from "./metrics.ts";
import type { KinesisStream } from "./stream.ts";

/** All data streams, by ARN. */
export class KinesisStore {
  readonly ports: Ports;
  readonly metrics: StreamMetrics;
  readonly #streams = new Shelf<KinesisStream>();

  constructor(ports: Ports) {
    this.ports = ports;
    this.metrics = new StreamMetrics(ports);
  }

  /** The stream with this ARN, or undefined. */
  find(arn: string): KinesisStream | undefined {
    return this.#streams.find(arn);
  }

  /** The stream with this ARN. @throws AwsError ResourceNotFoundException. */
  require(arn: string): KinesisStream {
    const stream = this.#streams.find(arn);
    if (stream) {
      stream.expireShards(this.ports.clock.now());
      return stream;
    }
    const [, , , , accountId, resource] = arn.split(":");
    throw new AwsError(
      "ResourceNotFoundException",
      `Stream ${resource?.slice("stream/".length)} under account ${accountId} not found.`,
    );
  }

  /** The streams of an account in a region, by name. */
  list(place: Place): KinesisStream[] {
    return this.#streams.list(place).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Adds a stream. @throws AwsError ResourceInUseException when the name is taken. */
  add(stream: KinesisStream): void {
    if (this.#streams.find(stream.arn)) {
      throw new AwsError(
        "ResourceInUseException",
        `Stream ${stream.name} under account ${stream.accountId} already exists.`,
      );
    }
    this.#streams.add(stream);
  }

  /**
   * Removes a stream with its records and consumers.
   * @throws AwsError ResourceInUseException for one that has consumers, unless their deletion is enforced.
   */
  remove(stream: KinesisStream, options: { readonly enforceConsumerDeletion: boolean }): void {
    const { accountId, name, consumers } = stream;
    if (consumers.size > 0 && !options.enforceConsumerDeletion) {
      throw new AwsError(
        "ResourceInUseException",
        `DeleteStream can't delete ${accountId}:${name} because there are consumers associated with this data stream. To delete ${name} anyway, set the EnforceConsumerDeletion parameter to true to force the deletion of all the consumers that are associated with it.`,
      );
    }
    this.#streams.remove(stream);
  }

  /**
   * What IAM is asked for an action on a stream or consumer: the action, and the use of the stream's KMS key.
   * @param keyAction `kms:GenerateDataKey` to write, `kms:Decrypt` to read.
   */
  authorize(action: string, arn: string, keyAction?: KeyAction): readonly AuthorizationRequest[] {
    const stream = this.#streams.find(arn);
    const request = resourceRequest(action, arn, stream?.policy);
    const keyId = stream?.settings.kmsKeyId;
    if (!stream || !keyAction || !keyId) return [request];
    const context = serviceKeyContext("kinesis", stream.region, { "aws:kinesis:arn": stream.arn });
    return [request, ...keyAuthorization([keyAction], keyId, stream, context)];
  }

  /** Drops all records and closed shards, and keeps the streams with their settings. */
  emptyData(): void {
    this.metrics.clear();
    for (const stream of this.#streams.list()) stream.clear();
  }

  close(): void {
    this.#streams.clear();
  }
}
