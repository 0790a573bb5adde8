// Source: IAM user guide, "IAM and AWS STS quotas", unless a line names another. IAM does not count white space in the
// sizes of policies.

/** Most characters of a trust policy. */
export const TRUST_POLICY_SIZE = 2_048;

/** Most characters of a managed policy. */
export const MANAGED_POLICY_SIZE = 6_144;

/** Most characters of all inline policies of a role together. */
export const INLINE_POLICIES_SIZE = 10_240;

/** Most managed policies of a role. */
export const POLICIES_PER_ROLE = 10;

/** Most versions of a managed policy. */
export const VERSIONS_PER_POLICY = 5;

/** Longest name of a role, in characters (IAM API reference, CreateRole). */
export const MAX_ROLE_NAME = 64;

/** Longest name of a policy, in characters (IAM API reference, CreatePolicy). */
export const MAX_POLICY_NAME = 128;
