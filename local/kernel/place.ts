import { partitionOf } from "../../aws/partitions.ts";

/** An account and a region: the scope of most AWS resources. */
export interface Place {
  /** Twelve digits. */
  readonly accountId: string;
  /** Such as `us-east-1`. */
  readonly region: string;
}

/** Account and region in an ARN; "" where the ARN has none. */
export function placeOf(arn: string): Place {
  const [, , , region = "", accountId = ""] = arn.split(":");
  return { accountId, region };
}

/**
 * ARN of a resource in an account and region.
 * @param service such as `sqs`.
 * @param resource as the service writes it, such as `table/orders`.
 */
export function arnIn({ accountId, region }: Place, service: string, resource: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${accountId}:${resource}`;
}
