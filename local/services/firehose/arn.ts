import { partitionOf } from "../../../aws/partitions.ts";
import type { Call } from "../../kernel/service.ts";

/** The ARN of a delivery stream. */
export function deliveryStreamArn(name: string, place: { accountId: string; region: string }): string {
  return `arn:${partitionOf(place.region)}:firehose:${place.region}:${place.accountId}:deliverystream/${name}`;
}

/** The ARN of the delivery stream that a call names. */
export function arnOf(params: { DeliveryStreamName: string }, call: Call): string {
  return deliveryStreamArn(params.DeliveryStreamName, call);
}
