import { partitionOf } from "../../../aws/partitions.ts";
import type { Place } from "../../kernel/place.ts";

/** ARN of a role or policy of an account. @param path with the name, such as `/app/writer`. */
export function iamArn(kind: "role" | "policy", path: string, { accountId, region }: Place): string {
  return `arn:${partitionOf(region)}:iam::${accountId}:${kind}${path}`;
}
