/** An account and a region: where most of AWS's resources are. */
export interface Place {
  /** Twelve digits. */
  readonly accountId: string;
  /** Such as `us-east-1`. */
  readonly region: string;
}

/** The place that an ARN names; its parts are "" where it names none. */
export function placeOf(arn: string): Place {
  const [, , , region = "", accountId = ""] = arn.split(":");
  return { accountId, region };
}
