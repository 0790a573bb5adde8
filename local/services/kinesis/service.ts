import { partitionOf } from "../../../aws/partitions.ts";
import { AwsError } from "../../kernel/errors.ts";
import { keyAuthorization, serviceKeyContext } from "../../kernel/kms.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { AuthorizationRequest, Call, Operation, Service } from "../../kernel/service.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import { consumerOperations } from "./consumer-operations.ts";
import { StreamMetrics } from "./metrics.ts";
import { streamOperations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { settingsOperations } from "./settings-operations.ts";
import type { KinesisStream, StreamAddress } from "./stream.ts";
import { wire } from "./wire.ts";

/** Kinesis Data Streams. SubscribeToShard is refused by name: readers use GetRecords. */
export class KinesisService implements Service {
  readonly name = "kinesis";
  readonly resourceTypes = withStore(resourceTypes, this);
  readonly wire = wire;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly ports: Ports;
  readonly metrics: StreamMetrics;
  readonly #streams = new Map<string, KinesisStream>();

  constructor(ports: Ports) {
    this.ports = ports;
    this.metrics = new StreamMetrics(ports);
    this.operations = { ...streamOperations(this), ...settingsOperations(this), ...consumerOperations(this) };
  }

  /** The stream with this ARN, or undefined. */
  find(arn: string): KinesisStream | undefined {
    return this.#streams.get(arn);
  }

  /** Adds a stream; throws ResourceInUseException when the name is taken. */
  add(stream: KinesisStream): void {
    if (this.#streams.has(stream.arn)) {
      throw new AwsError(
        "ResourceInUseException",
        `Stream ${stream.name} under account ${stream.accountId} already exists.`,
      );
    }
    this.#streams.set(stream.arn, stream);
  }

  /** Removes a stream with its records and consumers; throws ResourceInUseException for one that has consumers, unless these are to go with it. */
  delete(stream: KinesisStream, options: { readonly enforceConsumerDeletion: boolean }): void {
    const { accountId, name, consumers } = stream;
    if (consumers.size > 0 && !options.enforceConsumerDeletion) {
      throw new AwsError(
        "ResourceInUseException",
        `DeleteStream can't delete ${accountId}:${name} because there are consumers associated with this data stream. To delete ${name} anyway, set the EnforceConsumerDeletion parameter to true to force the deletion of all the consumers that are associated with it.`,
      );
    }
    this.#streams.delete(stream.arn);
  }

  /** The streams of an account in a region, by name. */
  list(accountId: string, region: string): KinesisStream[] {
    return [...this.#streams.values()]
      .filter((stream) => stream.accountId === accountId && stream.region === region)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** ARN of the stream that a call addresses, by name in the caller's account or by any account's ARN. */
  arnOf(address: StreamAddress, call: Call): string {
    const { StreamName: name, StreamARN: arn } = address;
    if (arn === undefined && name === undefined) {
      throw new AwsError("InvalidArgumentException", "Either StreamName or StreamARN must be given.");
    }
    if (arn === undefined)
      return `arn:${partitionOf(call.region)}:kinesis:${call.region}:${call.accountId}:stream/${name}`;
    if (name !== undefined && !arn.endsWith(`:stream/${name}`)) {
      throw new AwsError("InvalidArgumentException", `StreamName ${name} and StreamARN ${arn} name two streams.`);
    }
    if (arn.split(":")[3] !== call.region) {
      throw new AwsError("InvalidArgumentException", `StreamARN ${arn} is not of the region ${call.region}.`);
    }
    return arn;
  }

  /** The stream with this ARN; throws ResourceNotFoundException. */
  require(arn: string): KinesisStream {
    const stream = this.#streams.get(arn);
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

  /**
   * What IAM is asked for an action on a stream: the action, and the stream's own key where it has one.
   * @param keyAction `kms:GenerateDataKey` to write, `kms:Decrypt` to read.
   */
  authorize(
    action: string,
    arn: string,
    keyAction?: "kms:GenerateDataKey" | "kms:Decrypt",
  ): readonly AuthorizationRequest[] {
    const stream = this.#streams.get(arn);
    const request = { action, resource: arn, ...(stream?.policy && { resourcePolicy: stream.policy.document }) };
    const key =
      keyAction && stream?.settings.kmsKeyId
        ? keyAuthorization(
            keyAction,
            stream.settings.kmsKeyId,
            stream,
            serviceKeyContext("kinesis", stream.region, { "aws:kinesis:arn": stream.arn }),
          )
        : undefined;
    return key ? [request, key] : [request];
  }

  emptyData(): void {
    this.metrics.clear();
    for (const stream of this.#streams.values()) stream.clear();
  }

  close(): void {
    this.#streams.clear();
  }
}
