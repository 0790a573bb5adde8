/**
 * Condition keys that services of the cloud send when they assume a role: those that an AWS page shows in the trust policy of such a role, and no other, so
 * that a role which asks for more cannot be assumed here either.
 */
const documented: Readonly<Record<string, { readonly keys: readonly string[]; readonly page: string }>> = {
  "lambda.amazonaws.com": {
    keys: ["aws:SourceAccount"],
    page: "https://docs.aws.amazon.com/lambda/latest/dg/permissions-managed-policies.html",
  },
  "firehose.amazonaws.com": {
    keys: [],
    page: "https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#firehose-assume-role",
  },
  "apigateway.amazonaws.com": {
    keys: [],
    page: "https://docs.aws.amazon.com/apigateway/latest/developerguide/permissions.html",
  },
};

/** What a service says of itself when it assumes a role. @param accountId on whose behalf it asks. */
export function serviceContext(servicePrincipal: string, accountId: string): Readonly<Record<string, string>> {
  const keys = documented[servicePrincipal]?.keys ?? [];
  return Object.fromEntries(keys.map((key) => [key, accountId]));
}
