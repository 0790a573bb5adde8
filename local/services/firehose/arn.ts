import { arnIn, type Place } from "../../kernel/place.ts";

/** The ARN of a delivery stream. */
export function deliveryStreamArn(name: string, place: Place): string {
  return arnIn(place, "firehose", `deliverystream/${name}`);
}
