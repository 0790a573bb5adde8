import { z } from "zod";
import { AwsError } from "../../kernel/errors.ts";
import type { PolicyDocument } from "../../kernel/policy.ts";
import { type Tags, tagsAll } from "../../resource-types/default-tags.ts";
import type { ResourceContext } from "../../resource-types/resource-type.ts";
import { formatPath } from "../../resource-types/schema-failures.ts";
import { UNKNOWN } from "../../resource-types/wire-values.ts";
import { notKnownHere, otherPartition, parseAwsPolicyArn } from "./managed-policies.ts";
import { iamName, MAX_ROLE_NAME, policyArn } from "./names.ts";
import type { Role } from "./roles.ts";
import type { IamService } from "./service.ts";
import { iamTagMistakes } from "./tags.ts";

/**
 * A policy as programs give it: JSON text, or an object, which becomes text. What it says is checked with the other arguments, unless a part of it is not known
 * yet: then all of it is unknown.
 * @param parse what IAM does before it stores such a policy; throws AwsError.
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

/** A role's name where a program refers to one. */
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

/** Tags as programs give them. */
export const tagsInput = z
  .record(z.string(), z.string())
  .superRefine((tags, context) => {
    for (const { key, message } of iamTagMistakes(tags)) {
      context.addIssue({ code: "custom", message, path: key === undefined ? [] : [key] });
    }
  })
  .optional();

/** What is wrong with a resource's tags only once the provider's default tags are among them. */
export function checkAllTags(
  tags: Tags | undefined,
  context: ResourceContext<IamService>,
): { property: string; reason: string }[] {
  return iamTagMistakes(tagsAll(tags, context)).map(({ key, message }) => ({
    property: formatPath(key === undefined ? ["tags"] : ["tags", key]),
    reason: `with the provider's defaultTags: ${message}`,
  }));
}

/** The ARN of a policy where a program attaches one: of AWS's own, those that are known here. */
export const attachablePolicyArn = policyArn.superRefine((arn, context) => {
  const ofAws = parseAwsPolicyArn(arn);
  if (ofAws && !ofAws.policy) context.addIssue({ code: "custom", message: notKnownHere(arn).message });
});

/** Which managed policies of AWS that arguments name are of another partition than the account. @param arns by the property that names them; undefined for one that is not known yet. */
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
export function findRole(name: string, context: ResourceContext<IamService>): Role | undefined {
  return context.store.roles(context.accountId).find((role) => role.name === name);
}

/** @throws AwsError NoSuchEntity, with what to do. */
export function requireRole(name: string, context: ResourceContext<IamService>): Role {
  const role = findRole(name, context);
  if (!role) throw gone(`The role with name ${name}`);
  return role;
}

/** @param what begins the sentence. */
export function gone(what: string): AwsError {
  return new AwsError(
    "NoSuchEntity",
    `${what} cannot be found. The local cloud keeps nothing when it ends; run \`pulumi up --refresh\` to build again what was in it.`,
    404,
  );
}
