import { AwsError } from "../../kernel/errors.ts";
import type { Place } from "../../kernel/place.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { AuthorizationRequest } from "../../kernel/service.ts";
import { Shelf } from "../../kernel/shelf.ts";
import { deliveryStreamArn } from "./arn.ts";
import type { DeliveryStream } from "./delivery-stream.ts";

/** A delivery stream as calls name it. */
export interface DeliveryStreamAddress {
  readonly DeliveryStreamName: string;
}

/** All delivery streams. */
export class FirehoseStore {
  readonly ports: Ports;
  readonly #streams = new Shelf<DeliveryStream>();

  constructor(ports: Ports) {
    this.ports = ports;
  }

  /** The delivery stream with this ARN, or undefined. */
  find(arn: string): DeliveryStream | undefined {
    return this.#streams.find(arn);
  }

  /** The delivery stream that a call names. @throws AwsError ResourceNotFoundException. */
  require({ DeliveryStreamName: name }: DeliveryStreamAddress, place: Place): DeliveryStream {
    const stream = this.find(deliveryStreamArn(name, place));
    if (stream) return stream;
    throw new AwsError("ResourceNotFoundException", `Firehose ${name} under account ${place.accountId} not found.`);
  }

  /** @throws AwsError ResourceInUseException when the name is taken. */
  add(stream: DeliveryStream): void {
    if (this.find(stream.arn)) {
      throw new AwsError(
        "ResourceInUseException",
        `Firehose ${stream.name} under accountId ${stream.accountId} already exists`,
      );
    }
    this.#streams.add(stream);
  }

  /**
   * Removes a delivery stream with the data that it has not delivered, as AWS does: "deletes a Firehose stream and its
   * data".
   * @returns how much data that is, for the trace; undefined for none.
   */
  remove(arn: string): { readonly undeliveredRecords: number; readonly undeliveredBytes: number } | undefined {
    const stream = this.find(arn);
    if (!stream) return undefined;
    const { pendingRecords, pendingBytes } = stream.counts();
    stream.empty();
    this.#streams.remove(stream);
    return pendingRecords === 0 ? undefined : { undeliveredRecords: pendingRecords, undeliveredBytes: pendingBytes };
  }

  /** The delivery streams of an account in a region, by name; without a place, all. */
  list(place?: Place): DeliveryStream[] {
    return this.#streams.list(place).sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  /** What IAM is asked for an action on the delivery stream that a call names. */
  authorize(action: string, { DeliveryStreamName: name }: DeliveryStreamAddress, place: Place): AuthorizationRequest {
    return { action, resource: deliveryStreamArn(name, place) };
  }

  /** Bytes that are neither delivered nor dropped yet: of one delivery stream, or of all. */
  pendingBytes(arn?: string): number {
    const streams = arn === undefined ? this.list() : this.list().filter((stream) => stream.arn === arn);
    return streams.reduce((sum, stream) => sum + stream.counts().pendingBytes, 0);
  }

  emptyData(): void {
    for (const stream of this.#streams.list()) stream.empty();
  }

  close(): void {
    this.emptyData();
  }
}
