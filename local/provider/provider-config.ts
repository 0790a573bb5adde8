import { z } from "zod";
import type { CheckFailure } from "./provider.ts";
import type { Properties } from "./resource-type.ts";
import { schemaFailures } from "./schema-failures.ts";

/** What a configured provider knows. */
export interface ProviderConfig {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  readonly defaultTags: Readonly<Record<string, string>>;
}

const ROLE_ARN = /^arn:aws[\w-]*:iam::(\d{12}):role\/.+$/;
const REGION =
  /^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(central|east|north|northeast|northwest|south|southeast|southwest|west)-\d$/;

const accountId = z.preprocess(
  (value) => (typeof value === "number" ? String(value) : value),
  z.string().regex(/^\d{12}$/, "an account id has twelve digits; write it in quotes"),
);

const configSchema = z.strictObject({
  region: z
    .string("the region is missing: pulumi config set aws:region us-east-1")
    .regex(REGION, "is not a region such as us-east-1"),
  allowedAccountIds: fromJson(
    z.array(accountId).length(1, "must name exactly one account: it decides where the resources are made"),
    'the account is missing: set aws:allowedAccountIds to ["<account id>"]',
  ),
  assumeRoles: fromJson(
    z.array(
      z.strictObject({
        roleArn: z.string().regex(ROLE_ARN, "is not the ARN of a role"),
        externalId: z.string().optional(),
        sessionName: z.string().optional(),
        duration: z.string().optional(),
      }),
    ),
  ).optional(),
  defaultTags: fromJson(z.strictObject({ tags: z.record(z.string(), z.string()).optional() })).optional(),
  skipCredentialsValidation: z.unknown().optional(),
  skipMetadataApiCheck: z.unknown().optional(),
  skipRegionValidation: z.unknown().optional(),
  skipRequestingAccountId: z.unknown().optional(),
  version: z.string().optional(),
});

/** Configuration of a provider as the engines send it (strings, lists and objects as JSON), read; or everything that is wrong with it. */
export function readProviderConfig(args: Properties): { config?: ProviderConfig; failures: readonly CheckFailure[] } {
  const parsed = configSchema.safeParse(args);
  if (!parsed.success)
    return { failures: schemaFailures(parsed.error, configSchema, "in the provider's configuration") };
  const { region, allowedAccountIds, assumeRoles, defaultTags } = parsed.data;
  const accountId = allowedAccountIds[0] ?? "";
  const failures = (assumeRoles ?? []).flatMap((role, index) => {
    const roleAccountId = ROLE_ARN.exec(role.roleArn)?.[1];
    if (roleAccountId === accountId) return [];
    const reason = `the role is of account ${roleAccountId}, but allowedAccountIds says ${accountId}`;
    return [{ property: `assumeRoles[${index}].roleArn`, reason }];
  });
  if (failures.length > 0) return { failures };
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return { config: { accountId, region, partition, defaultTags: defaultTags?.tags ?? {} }, failures: [] };
}

/** A value that arrives as JSON in a string. */
function fromJson<T extends z.ZodType>(schema: T, whenMissing?: string) {
  return z.preprocess((value, context) => {
    if (value === undefined && whenMissing) {
      context.addIssue({ code: "custom", message: whenMissing });
      return z.NEVER;
    }
    if (typeof value !== "string") return value;
    try {
      return JSON.parse(value);
    } catch {
      context.addIssue({ code: "custom", message: "is not JSON" });
      return z.NEVER;
    }
  }, schema);
}
