import { z } from "zod";
import { isRegion, partitionOf } from "../../aws/partitions.ts";
import type { Tags } from "../resource-types/default-tags.ts";
import type { CheckFailure } from "../resource-types/provider.ts";
import type { Properties } from "../resource-types/resource-type.ts";
import { schemaFailures } from "../resource-types/schema-failures.ts";
import type { ValuePath } from "../resource-types/wire-values.ts";
import { type AssumedRole, assumedRole } from "./provider-roles.ts";

/** Configuration of a provider: region, credentials, roles and default tags. */
export interface ProviderConfig {
  readonly region: string;
  /** `aws`, `aws-cn`, …: the region's. */
  readonly partition: string;
  readonly defaultTags: Tags;
  /** Default: the administrator of its only allowed account. */
  readonly credentials?: ProviderCredentials;
  /** Empty: all accounts. */
  readonly allowedAccountIds: readonly string[];
  readonly forbiddenAccountIds: readonly string[];
  /** Assumed one after the other. */
  readonly assumeRoles: readonly AssumedRole[];
}

/** The arguments `accessKey`, `secretKey` and `token`. Secrets: no message may hold one. */
export interface ProviderCredentials {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly token?: string;
}

/** Shown when there are no credentials: what to type to name the account. */
const ACCOUNT_MISSING =
  "the account is missing: name the one that the resources are to be made in, as in `pulumi config set --path 'aws:allowedAccountIds[0]' 111111111111` " +
  'or `allowedAccountIds: ["111111111111"]`, or give accessKey and secretKey of one of its principals';

const accountId = z.preprocess(
  (value) => (typeof value === "number" ? String(value) : value),
  z.string().regex(/^\d{12}$/, "an account id has twelve digits; write it in quotes"),
);
const accountIds = fromJson(z.array(accountId, 'must be a list of account ids, such as ["111111111111"]'));
const flag = z
  .unknown()
  .refine((value) => [true, false, "true", "false"].includes(value as boolean | string), "must be true or false")
  .optional();
const key = z.string("must be text").optional();
const tagText = z.preprocess(
  (value) => (typeof value === "number" || typeof value === "boolean" ? String(value) : value),
  z.string("must be text"),
);

const configSchema = z.strictObject({
  accessKey: key,
  allowedAccountIds: accountIds.optional(),
  assumeRoles: fromJson(z.array(assumedRole, 'must be a list of roles, such as [{"roleArn":"…"}]')).optional(),
  defaultTags: fromJson(z.strictObject({ tags: fromJson(z.record(z.string(), tagText)).optional() })).optional(),
  forbiddenAccountIds: accountIds.optional(),
  region: z
    .string("the region is missing: pulumi config set aws:region us-east-1")
    .refine(isRegion, "is not a region such as us-east-1"),
  secretKey: key,
  skipCredentialsValidation: flag,
  skipMetadataApiCheck: flag,
  skipRegionValidation: flag,
  skipRequestingAccountId: flag,
  token: key,
  version: z.string().optional(),
});

/**
 * Reads a provider's configuration as engines send it (strings; lists and objects as JSON), or returns all mistakes in
 * it. provider-identity.ts checks its credentials and roles.
 * @param isKnown whether the value at a path is known in a preview; default: all are.
 */
export function readProviderConfig(
  args: Properties,
  isKnown: (path: ValuePath) => boolean = () => true,
): { config?: ProviderConfig; failures: readonly CheckFailure[] } {
  const { assumeRole, ...rest } = args;
  const parsed = configSchema.safeParse(rest);
  const mistakes = [
    ...(assumeRole === undefined
      ? []
      : [
          {
            property: "assumeRole",
            reason: "is not an argument of the provider any more: use assumeRoles, which is a list",
          },
        ]),
    ...(parsed.success ? [] : schemaFailures(parsed.error, configSchema, "in the provider's configuration", isKnown)),
    ...contradictions(rest, isKnown),
  ];
  const failures = mistakes.map((mistake) => withoutSecret(mistake, args));
  if (!parsed.success || failures.length > 0) return { failures };
  const { region, defaultTags, allowedAccountIds, forbiddenAccountIds, assumeRoles, ...given } = parsed.data;
  const { accessKey, secretKey, token } = given;
  return {
    config: {
      region,
      partition: partitionOf(region),
      defaultTags: defaultTags?.tags ?? {},
      ...(accessKey && secretKey ? { credentials: { accessKey, secretKey, ...(token ? { token } : {}) } } : {}),
      allowedAccountIds: [...new Set(allowedAccountIds)],
      forbiddenAccountIds: forbiddenAccountIds ?? [],
      assumeRoles: assumeRoles ?? [],
    },
    failures,
  };
}

/** Conflicts between arguments. An empty text counts as none. */
function contradictions(args: Properties, isKnown: (path: ValuePath) => boolean): readonly CheckFailure[] {
  const has = (name: string) => args[name] !== undefined && args[name] !== "";
  const idsIn = (name: string) => {
    const parsed = accountIds.optional().safeParse(args[name]);
    return parsed.success && isKnown([name]) ? new Set(parsed.data) : undefined;
  };
  const [allowed, forbidden] = [idsIn("allowedAccountIds"), idsIn("forbiddenAccountIds")];
  return [
    ...keyFailures(has),
    ...(allowed?.size && forbidden?.size
      ? [{ property: "forbiddenAccountIds", reason: "conflicts with allowedAccountIds: give one of them" }]
      : []),
    // Malformed lists have failures of their own; unknown ones are checked later.
    ...(CREDENTIALS.some(has) || !allowed ? [] : accountFailures(allowed)),
  ];
}

const CREDENTIALS = ["accessKey", "secretKey", "token"];

/**
 * Engines print the value of a failure's property: a failure about a given credential has its name in the reason
 * instead.
 */
function withoutSecret(failure: CheckFailure, args: Properties): CheckFailure {
  const { property, reason } = failure;
  const isSecret = CREDENTIALS.includes(property) && args[property] !== undefined;
  return isSecret ? { property: "", reason: `${property}: ${reason}` } : failure;
}

function keyFailures(has: (name: string) => boolean): readonly CheckFailure[] {
  const given = CREDENTIALS.filter(has);
  if (given.length === 0) return [];
  return ["accessKey", "secretKey"]
    .filter((name) => !has(name))
    .map((property) => ({
      property,
      reason: `is missing, but ${given.join(" and ")} is given: credentials are accessKey and secretKey, and for a session also token`,
    }));
}

/** Without credentials the allowed account decides where resources are made. */
function accountFailures(allowed: ReadonlySet<string>): readonly CheckFailure[] {
  if (allowed.size === 1) return [];
  const reason =
    allowed.size === 0
      ? ACCOUNT_MISSING
      : `must name exactly one account, and names ${allowed.size}: it decides where the resources are made, unless accessKey and secretKey do`;
  return [{ property: "allowedAccountIds", reason }];
}

/** A value that arrives as JSON in a string. */
function fromJson<T extends z.ZodType>(schema: T) {
  return z.preprocess((value, context) => {
    if (typeof value !== "string") return value;
    try {
      return JSON.parse(value);
    } catch {
      context.addIssue({ code: "custom", message: "is not JSON" });
      return z.NEVER;
    }
  }, schema);
}
