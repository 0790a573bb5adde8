import { z } from "zod";
import { asPolicy, asSet } from "../../../resource-types/canonical.ts";
import { define } from "../../../resource-types/define.ts";
import type { Properties } from "../../../resource-types/resource-type.ts";
import { isRecord } from "../../../resource-types/wire-values.ts";
import { MAX_POLICY_NAME, MAX_ROLE_NAME } from "../limits.ts";
import { iamName, iamPath, maxSessionDuration, roleDescription } from "../names.ts";
import { checkAttachments, checkInlinePolicies, parseInlinePolicy, parseTrustPolicy } from "../policy-sizes.ts";
import type { Role } from "../role.ts";
import type { IamStore } from "../store.ts";
import {
  attachablePolicyArn,
  checkAllTags,
  checkPartitions,
  findRole,
  policyInput,
  requireRole,
  tagsInput,
} from "./inputs.ts";

const inlinePolicy = z.strictObject({
  name: iamName(MAX_POLICY_NAME),
  policy: policyInput(parseInlinePolicy),
});

const roleInputs = z.strictObject({
  name: iamName(MAX_ROLE_NAME),
  path: iamPath.default("/"),
  assumeRolePolicy: policyInput(parseTrustPolicy),
  description: roleDescription.default(""),
  forceDetachPolicies: z.boolean().default(false),
  inlinePolicies: z.preprocess(withoutEmpty, z.array(inlinePolicy)).optional(),
  managedPolicyArns: z.array(attachablePolicyArn).optional(),
  maxSessionDuration: maxSessionDuration.default(3_600),
  permissionsBoundary: attachablePolicyArn.optional(),
  tags: tagsInput,
});
type RoleInputs = z.infer<typeof roleInputs>;

/**
 * `aws.iam.Role`, after internal/service/iam/role.go of the Terraform provider. Lists of policies are exclusive: others
 * that a refresh finds are removed. Without a list, policies are left to RolePolicy and RolePolicyAttachment.
 */
export const roleType = define<RoleInputs, IamStore>({
  token: "aws:iam/role:Role",
  inputs: roleInputs,
  isGlobal: true,
  autoName: { property: "name", maxLength: MAX_ROLE_NAME },
  replaceOn: ["name", "path"],
  computed: ["arn", "createDate", "uniqueId"],
  optionalComputed: ["inlinePolicies", "managedPolicyArns"],
  canonical: {
    assumeRolePolicy: asPolicy,
    "inlinePolicies[*].policy": asPolicy,
    inlinePolicies: asSet,
    managedPolicyArns: asSet,
  },
  check(inputs, context) {
    const names = (inputs.inlinePolicies ?? []).map(({ name }) => name);
    return [
      ...names.flatMap((name, index) =>
        names.indexOf(name) === index
          ? []
          : [{ property: `inlinePolicies[${index}].name`, reason: `two policies of the role are called ${name}` }],
      ),
      ...mistake("managedPolicyArns", () => checkAttachments(new Set(inputs.managedPolicyArns).size)),
      ...mistake("inlinePolicies", () => {
        checkInlinePolicies((inputs.inlinePolicies ?? []).map(({ policy }) => parseInlinePolicy(policy)));
      }),
      ...checkPartitions(
        {
          ...Object.fromEntries((inputs.managedPolicyArns ?? []).map((arn, i) => [`managedPolicyArns[${i}]`, arn])),
          permissionsBoundary: inputs.permissionsBoundary,
        },
        context,
      ),
      ...checkAllTags(inputs.tags, context),
    ];
  },
  make(inputs, context) {
    const { store } = context;
    // Checked before the role exists.
    for (const arn of inputs.managedPolicyArns ?? []) store.requireAttachable(context, arn);
    const role = store.addRole(context, {
      name: inputs.name,
      path: inputs.path,
      trustPolicy: inputs.assumeRolePolicy,
      description: inputs.description,
      maxSessionDurationSeconds: inputs.maxSessionDuration,
      tags: inputs.tags ?? {},
      permissionsBoundary: inputs.permissionsBoundary,
    });
    for (const { name, policy } of inputs.inlinePolicies ?? []) store.putRolePolicy(role, name, policy);
    for (const arn of inputs.managedPolicyArns ?? []) store.attachRolePolicy(role, arn);
    return role.name;
  },
  unstored: { forceDetachPolicies: false },
  find(id, _state, context) {
    const role = findRole(id, context);
    return role && outputsOf(role);
  },
  change(id, inputs, context, olds) {
    const { store } = context;
    const role = requireRole(id, context);
    role.trustPolicy = store.parseTrustPolicy(inputs.assumeRolePolicy);
    role.description = inputs.description;
    role.maxSessionDurationSeconds = inputs.maxSessionDuration;
    role.tags = inputs.tags ?? {};
    store.setPermissionsBoundary(role, inputs.permissionsBoundary);
    if (inputs.inlinePolicies) {
      const kept = new Set(inputs.inlinePolicies.map(({ name }) => name));
      for (const name of listIn(olds, "inlinePolicies").map(nameOf)) if (!kept.has(name)) role.removeInlinePolicy(name);
      for (const { name, policy } of inputs.inlinePolicies) store.putRolePolicy(role, name, policy);
    }
    if (inputs.managedPolicyArns) {
      const kept = new Set(inputs.managedPolicyArns);
      for (const arn of listIn(olds, "managedPolicyArns").map(String)) if (!kept.has(arn)) role.detachPolicy(arn);
      for (const arn of inputs.managedPolicyArns) store.attachRolePolicy(role, arn);
    }
  },
  remove(id, context, state) {
    const role = requireRole(id, context);
    // As in the real provider: policies that the state knows are removed with the role, others only by force.
    const isForced = state["forceDetachPolicies"] === true;
    if (isForced || listIn(state, "managedPolicyArns").length > 0) {
      for (const arn of [...role.attachedPolicies().keys()]) role.detachPolicy(arn);
    }
    if (isForced || listIn(state, "inlinePolicies").length > 0) {
      for (const name of [...role.inlinePolicies().keys()]) role.removeInlinePolicy(name);
    }
    context.store.removeRole(role);
  },
});

function outputsOf(role: Role): Properties {
  return {
    arn: role.arn,
    assumeRolePolicy: JSON.stringify(role.trustPolicy),
    createDate: new Date(role.createdAt).toISOString().replace(/\.\d{3}Z$/, "Z"),
    description: role.description,
    inlinePolicies: [...role.inlinePolicies()].map(([name, policy]) => ({ name, policy: JSON.stringify(policy) })),
    managedPolicyArns: [...role.attachedPolicies().keys()],
    maxSessionDuration: role.maxSessionDurationSeconds,
    name: role.name,
    namePrefix: "",
    path: role.path,
    permissionsBoundary: role.permissionsBoundary,
    tags: role.tags,
    uniqueId: role.roleId,
  };
}

/** `[{}]` means no policies. */
function withoutEmpty(policies: unknown): unknown {
  if (!Array.isArray(policies)) return policies;
  return policies.filter((policy) => !isRecord(policy) || Object.keys(policy).length > 0);
}

function listIn(state: Properties, name: string): readonly unknown[] {
  const value = state[name];
  return Array.isArray(value) ? value : [];
}

function nameOf(policy: unknown): string {
  return isRecord(policy) ? String(policy["name"]) : "";
}

function mistake(property: string, work: () => void): { property: string; reason: string }[] {
  try {
    work();
    return [];
  } catch (error) {
    return [{ property, reason: error instanceof Error ? error.message : String(error) }];
  }
}
