/** Whether data outlives its stack. */
export const RemovalPolicy = {
  /** Streams, tables and buckets are protected: no engine deletes or replaces them. Log groups stay in the account. */
  Retain: "retain",
  /** Everything is deleted, with the data and the logs in it. */
  Destroy: "destroy",
} as const;
export type RemovalPolicy = (typeof RemovalPolicy)[keyof typeof RemovalPolicy];

/**
 * The resource option that protects a resource with data from deletion and replacement, unless the policy is `destroy`.
 */
export function guardOf(removalPolicy: string | undefined): { readonly protect: boolean } {
  return { protect: removalPolicy !== RemovalPolicy.Destroy };
}
