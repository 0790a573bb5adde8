import { partitionOf } from "../../../aws/partitions.ts";
import type { Place } from "../../kernel/place.ts";

/** The ARN of a delivery stream. */
export function deliveryStreamArn(name: string, place: Place): string {
  return `arn:${partitionOf(place.region)}:firehose:${place.region}:${place.accountId}:deliverystream/${name}`;
}
