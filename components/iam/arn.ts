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
