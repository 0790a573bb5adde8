/** The parts of `arn:<partition>:<service>:<region>:<account>:<resource>`. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** "" for global services. */
  readonly region: string;
  /** "" for S3 buckets. */
  readonly accountId: string;
  /** All that follows the account, colons and slashes included. */
  readonly resource: string;
}

/** Reads an ARN; throws an Error that shows the text when it is none. */
export function parseArn(text: string): Arn {
  const [prefix, partition, service, region, accountId, ...resource] = text.split(":");
  if (prefix !== "arn" || !partition || !service || resource.join(":") === "")
    throw new Error(`not an ARN: "${text}" (arn:<partition>:<service>:<region>:<account>:<resource>)`);
  return { partition, service, region: region ?? "", accountId: accountId ?? "", resource: resource.join(":") };
}

/** The ARN of a role; `path` begins and ends with "/". */
export function roleArn(partition: string, accountId: string, path: string, name: string): string {
  return `arn:${partition}:iam::${accountId}:role${path}${name}`;
}

/** The ARN that stands for a whole account in a trust policy. */
export function accountRootArn(partition: string, accountId: string): string {
  return `arn:${partition}:iam::${accountId}:root`;
}

/** Whether IAM's ArnEquals would take the text as a pattern: it knows `*` and `?`. */
export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}
