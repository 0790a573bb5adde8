/** What becomes of data when a stack is destroyed. */
export const RemovalPolicy = {
  /** Streams, tables and buckets are protected: no engine deletes or replaces them. Log groups are left in the account. */
  Retain: "retain",
  /** Everything goes, with the data and the logs in it. */
  Destroy: "destroy",
} as const;
export type RemovalPolicy = (typeof RemovalPolicy)[keyof typeof RemovalPolicy];

/** The resource option that guards what holds data: neither a destroy nor a change of the program takes it away unless the policy says so. */
export function guardOf(removalPolicy: string | undefined): { readonly protect: boolean } {
  return { protect: removalPolicy !== RemovalPolicy.Destroy };
}
