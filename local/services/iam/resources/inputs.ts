import { z } from "zod";
import { AwsError } from "../../../kernel/errors.ts";
import type { PolicyDocument } from "../../../kernel/policy.ts";
import { type Tags, tagsAll } from "../../../resource-types/default-tags.ts";
import { goneError } from "../../../resource-types/define.ts";
import type { ResourceContext } from "../../../resource-types/resource-type.ts";
import { formatPath } from "../../../resource-types/schema-failures.ts";
import { UNKNOWN } from "../../../resource-types/wire-values.ts";
import { notKnownHere, otherPartition, parseAwsPolicyArn } from "../aws-managed-policies.ts";
import { MAX_ROLE_NAME } from "../limits.ts";
import { iamName, policyArn } from "../names.ts";
import type { Role } from "../role.ts";
import type { IamStore } from "../store.ts";
import { iamTagMistakes } from "../tags.ts";

/**
 * A policy as an input: JSON text, or an object that becomes text. It is parsed with the other inputs; with an unknown
 * part, all of it is unknown.
 * @param parse parses a policy of its kind as IAM does; throws AwsError.
 */
export function policyInput(parse: (input: unknown) => PolicyDocument) {
  return z
    .union([z.string(), z.record(z.string(), z.unknown())], "must be a policy: JSON text or an object")
    .transform((value) => {
      const text = typeof value === "string" ? value : JSON.stringify(value);
      return text.includes(UNKNOWN) ? UNKNOWN : text;
    })
    .superRefine((text, context) => {
      if (text === UNKNOWN) return;
      try {
        parse(text);
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        context.addIssue({ code: "custom", message: error.message });
      }
    });
}

/** The name of an existing role as an input. */
export const roleNameInput = z
  .string()
  .refine(
    (name) => !name.startsWith("arn:"),
    "must be the role's name, not its ARN: such as role.name instead of role.arn",
  )
  .refine(
    (name) => name.startsWith("arn:") || iamName(MAX_ROLE_NAME).safeParse(name).success,
    `must be a role's name: 1 to ${MAX_ROLE_NAME} characters of [\\w+=,.@-]`,
  );

/** Tags as an input. */
export const tagsInput = z
  .record(z.string(), z.string())
  .superRefine((tags, context) => {
    for (const { key, message } of iamTagMistakes(tags)) {
      context.addIssue({ code: "custom", message, path: key === undefined ? [] : [key] });
    }
  })
  .optional();

/** The violations of a resource's tags together with the provider's default tags. */
export function checkAllTags(
  tags: Tags | undefined,
  context: ResourceContext<IamStore>,
): { property: string; reason: string }[] {
  return iamTagMistakes(tagsAll(tags, context)).map(({ key, message }) => ({
    property: formatPath(key === undefined ? ["tags"] : ["tags", key]),
    reason: `with the provider's defaultTags: ${message}`,
  }));
}

/** The ARN of a policy to attach as an input; those of AWS must be known here. */
export const attachablePolicyArn = policyArn.superRefine((arn, context) => {
  const ofAws = parseAwsPolicyArn(arn);
  if (ofAws && !ofAws.policy) context.addIssue({ code: "custom", message: notKnownHere(arn).message });
});

/**
 * Failures for AWS managed policies of another partition than the account's.
 * @param arns by the property that names them; undefined for an unknown one.
 */
export function checkPartitions(
  arns: Readonly<Record<string, string | undefined>>,
  { partition }: ResourceContext,
): { property: string; reason: string }[] {
  return Object.entries(arns).flatMap(([property, arn]) => {
    const reason = arn === undefined ? undefined : otherPartition(arn, partition);
    return reason === undefined ? [] : [{ property, reason }];
  });
}

/** The role with this name in the provider's account. */
export function findRole(name: string, context: ResourceContext<IamStore>): Role | undefined {
  return context.store.findRole(context.accountId, name);
}

/** The role with this name. @throws AwsError NoSuchEntity, with what to type next. */
export function requireRole(name: string, context: ResourceContext<IamStore>): Role {
  const role = findRole(name, context);
  if (role) return role;
  throw goneError(`The role ${name}`, "NoSuchEntity");
}
