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
