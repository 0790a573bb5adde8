/** Global condition keys, which every request has. */
const globalKeys = [
  "aws:CurrentTime",
  "aws:EpochTime",
  "aws:MultiFactorAuthPresent",
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:PrincipalIsAWSService",
  "aws:PrincipalServiceName",
  "aws:PrincipalType",
  "aws:RequestedRegion",
  "aws:ResourceAccount",
  "aws:SecureTransport",
  "aws:SourceAccount",
  "aws:SourceArn",
  "aws:SourceIp",
  "aws:SourceOwner",
  "aws:ViaAWSService",
  "aws:userid",
  "aws:username",
];

let known = byLowerCase(globalKeys);

/**
 * Lets policies use the condition keys of all services of a cloud (`Service.conditionKeys`), besides the global ones.
 * They replace those of an earlier cloud: all clouds have the same list of services. A key that ends with "/" is a
 * prefix, such as `secretsmanager:ResourceTag/`.
 */
export function useConditionKeys(keys: readonly string[]): void {
  known = byLowerCase([...globalKeys, ...keys]);
}

/** Every condition key that a policy may use here, in AWS's spelling: the global ones, then those of the services. */
export function conditionKeys(): readonly string[] {
  const all = [...known.values()];
  return [...globalKeys, ...all.slice(globalKeys.length).sort()];
}

/** Whether a policy may use this condition key; case does not matter. */
export function isKnownConditionKey(key: string): boolean {
  const name = key.toLowerCase();
  return known.has(name) || (!name.endsWith("/") && known.has(name.slice(0, name.indexOf("/") + 1)));
}

function byLowerCase(keys: readonly string[]): ReadonlyMap<string, string> {
  return new Map(keys.map((key) => [key.toLowerCase(), key]));
}
