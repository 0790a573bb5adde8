import { z } from "zod";
import { asList } from "../../accounts/compiled-policy.ts";
import { PolicyKind, parsePolicy } from "../../accounts/parse-policy.ts";
import type { PolicyDocument } from "../../accounts/policy.ts";
import { AwsError } from "../../errors.ts";
import {
  defineResourceType,
  type Properties,
  type ProviderFunction,
  type ResourceContext,
  type ResourceType,
} from "../../provider/resource-type.ts";
import { tagsAll } from "../../provider/tags.ts";
import type { Role } from "./roles.ts";
import type { ManagedPolicy } from "./service.ts";

/** How an argument that is not known yet arrives in a preview. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const nameInput = (maxLength: number) =>
  z.string().regex(new RegExp(`^[\\w+=,.@-]{1,${maxLength}}$`), `must be 1 to ${maxLength} characters of [\\w+=,.@-]`);
const path = z
  .string()
  .regex(/^(\/|\/[\x21-\x7e]{1,510}\/)$/, 'must begin and end with "/"')
  .default("/");
const tags = z.record(z.string(), z.string()).optional();

/** JSON text, or an object that is printed as JSON; an object with a part that is not known yet stays as it is. */
const policyDocument = z.union([z.string(), z.record(z.string(), z.unknown())]).transform((value) => {
  if (typeof value === "string") return value;
  const text = JSON.stringify(value);
  return text.includes(UNKNOWN) ? value : text;
});

/** A policy that cannot be read is a mistake in the arguments, told before anything is made. */
function checkPolicy(property: string, input: unknown, kind: PolicyKind): { property: string; reason: string }[] {
  try {
    parsePolicy(input, kind);
    return [];
  } catch (error) {
    if (error instanceof AwsError) return [{ property, reason: error.message }];
    throw error;
  }
}

/** A stored policy as text: as the program wrote it, while it says the same. */
function policyText(document: PolicyDocument, written: unknown): string {
  const text = JSON.stringify(document);
  if (typeof written !== "string") return text;
  try {
    return JSON.stringify(JSON.parse(written)) === text ? written : text;
  } catch {
    return text;
  }
}

function gone(what: string): AwsError {
  return new AwsError(
    "NoSuchEntity",
    `${what} is not in the local cloud, which keeps nothing when it ends; run \`pulumi up --refresh\` to build it again.`,
    404,
  );
}

function findRole(name: string, context: ResourceContext): Role | undefined {
  return context.cloud.services.iam.roles(context.accountId).find((role) => role.name === name);
}

function requireRole(name: string, context: ResourceContext): Role {
  const role = findRole(name, context);
  if (!role) throw gone(`The role ${name}`);
  return role;
}

const roleInputs = z.strictObject({
  name: nameInput(64),
  path,
  assumeRolePolicy: policyDocument,
  description: z.string().max(1000).default(""),
  forceDetachPolicies: z.boolean().default(false),
  maxSessionDuration: z.number().int().min(3_600).max(43_200).default(3_600),
  managedPolicyArns: z.array(z.string()).optional(),
  tags,
});
type RoleInputs = z.infer<typeof roleInputs>;

function roleOutputs(role: Role, inputs: Properties): Properties {
  return {
    ...inputs,
    arn: role.arn,
    assumeRolePolicy: policyText(role.trustPolicy, inputs["assumeRolePolicy"]),
    createDate: new Date(role.createdAt).toISOString().replace(/\.\d{3}Z$/, "Z"),
    description: role.description,
    inlinePolicies: [...role.inlinePolicies()].map(([name, policy]) => ({ name, policy: JSON.stringify(policy) })),
    managedPolicyArns: [...role.attachedPolicies().keys()],
    maxSessionDuration: role.maxSessionDurationSeconds,
    name: role.name,
    namePrefix: "",
    path: role.path,
    tagsAll: role.tags,
    uniqueId: role.roleId,
  };
}

const roleType = defineResourceType<RoleInputs>({
  token: "aws:iam/role:Role",
  inputs: roleInputs,
  autoName: { property: "name", maxLength: 64 },
  replaceOn: ["name", "path"],
  check: (inputs) => checkPolicy("assumeRolePolicy", inputs.assumeRolePolicy, PolicyKind.Trust),
  create(inputs, context) {
    const { iam } = context.cloud.services;
    const role = iam.createRole(context.accountId, context.partition, {
      name: inputs.name,
      path: inputs.path,
      trustPolicy: inputs.assumeRolePolicy,
      description: inputs.description,
      maxSessionDurationSeconds: inputs.maxSessionDuration,
      tags: tagsAll(inputs.tags, context),
    });
    for (const arn of inputs.managedPolicyArns ?? []) iam.attachRolePolicy(role, arn);
    return { id: role.name, outputs: roleOutputs(role, inputs) };
  },
  read(id, state, context) {
    const role = findRole(id, context);
    return role && roleOutputs(role, state);
  },
  update(id, inputs, olds, context) {
    const { iam } = context.cloud.services;
    const role = requireRole(id, context);
    role.trustPolicy = iam.parseTrustPolicy(inputs.assumeRolePolicy);
    role.description = inputs.description;
    role.maxSessionDurationSeconds = inputs.maxSessionDuration;
    role.tags = tagsAll(inputs.tags, context);
    if (inputs.managedPolicyArns) {
      for (const arn of asList(olds["managedPolicyArns"] as readonly string[] | undefined)) role.detachPolicy(arn);
      for (const arn of inputs.managedPolicyArns) iam.attachRolePolicy(role, arn);
    }
    return roleOutputs(role, inputs);
  },
  delete(id, state, context) {
    const role = findRole(id, context);
    if (!role) return;
    if (state["forceDetachPolicies"] === true) {
      for (const name of [...role.inlinePolicies().keys()]) role.deleteInlinePolicy(name);
      for (const arn of [...role.attachedPolicies().keys()]) role.detachPolicy(arn);
    }
    context.cloud.services.iam.deleteRole(role);
  },
});

const rolePolicyInputs = z.strictObject({ name: nameInput(128), role: z.string(), policy: policyDocument });
type RolePolicyInputs = z.infer<typeof rolePolicyInputs>;

/** The id is `<role>:<policy>`; neither name may hold a colon. */
function rolePolicyOf(id: string): { roleName: string; policyName: string } {
  const [roleName = "", policyName = ""] = id.split(":");
  return { roleName, policyName };
}

const rolePolicyType = defineResourceType<RolePolicyInputs>({
  token: "aws:iam/rolePolicy:RolePolicy",
  inputs: rolePolicyInputs,
  autoName: { property: "name", maxLength: 128 },
  replaceOn: ["name", "role"],
  check: (inputs) => checkPolicy("policy", inputs.policy, PolicyKind.Identity),
  create(inputs, context) {
    const role = requireRole(inputs.role, context);
    const document = context.cloud.services.iam.putRolePolicy(role, inputs.name, inputs.policy);
    return {
      id: `${role.name}:${inputs.name}`,
      outputs: { ...inputs, namePrefix: "", policy: policyText(document, inputs.policy) },
    };
  },
  read(id, state, context) {
    const { roleName, policyName } = rolePolicyOf(id);
    const document = findRole(roleName, context)?.inlinePolicies().get(policyName);
    return document && { ...state, name: policyName, role: roleName, policy: policyText(document, state["policy"]) };
  },
  update(_id, inputs, _olds, context) {
    const document = context.cloud.services.iam.putRolePolicy(
      requireRole(inputs.role, context),
      inputs.name,
      inputs.policy,
    );
    return { ...inputs, namePrefix: "", policy: policyText(document, inputs.policy) };
  },
  delete(id, _state, context) {
    const { roleName, policyName } = rolePolicyOf(id);
    findRole(roleName, context)?.deleteInlinePolicy(policyName);
  },
});

const attachmentInputs = z.strictObject({ role: z.string(), policyArn: z.string() });

const attachmentType = defineResourceType<z.infer<typeof attachmentInputs>>({
  token: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  inputs: attachmentInputs,
  replaceOn: ["*"],
  create(inputs, context) {
    context.cloud.services.iam.attachRolePolicy(requireRole(inputs.role, context), inputs.policyArn);
    return { id: `${inputs.role}/${inputs.policyArn}`, outputs: inputs };
  },
  read(_id, state, context) {
    const role = findRole(String(state["role"]), context);
    return role?.attachedPolicies().has(String(state["policyArn"])) ? state : undefined;
  },
  update: (_id, inputs) => inputs,
  delete(_id, state, context) {
    findRole(String(state["role"]), context)?.detachPolicy(String(state["policyArn"]));
  },
});

const policyInputs = z.strictObject({
  name: nameInput(128),
  path,
  description: z.string().max(1000).default(""),
  policy: policyDocument,
  tags,
});
type PolicyInputs = z.infer<typeof policyInputs>;

function policyOutputs(policy: ManagedPolicy, inputs: Properties, context: ResourceContext): Properties {
  const roles = context.cloud.services.iam.roles(context.accountId);
  return {
    ...inputs,
    arn: policy.arn,
    attachmentCount: roles.filter((role) => role.attachedPolicies().has(policy.arn)).length,
    namePrefix: "",
    policy: policyText(policy.document, inputs["policy"]),
    policyId: policy.policyId,
    tagsAll: policy.tags,
  };
}

const policyType = defineResourceType<PolicyInputs>({
  token: "aws:iam/policy:Policy",
  inputs: policyInputs,
  autoName: { property: "name", maxLength: 128 },
  replaceOn: ["name", "path", "description"],
  check: (inputs) => checkPolicy("policy", inputs.policy, PolicyKind.Identity),
  create(inputs, context) {
    const policy = context.cloud.services.iam.createPolicy(context.accountId, context.partition, {
      name: inputs.name,
      path: inputs.path,
      document: inputs.policy,
      description: inputs.description,
      tags: tagsAll(inputs.tags, context),
    });
    return { id: policy.arn, outputs: policyOutputs(policy, inputs, context) };
  },
  read(id, state, context) {
    const policy = context.cloud.services.iam.findPolicy(id);
    return policy && policyOutputs(policy, state, context);
  },
  update(id, inputs, _olds, context) {
    const { iam } = context.cloud.services;
    const policy = iam.findPolicy(id);
    if (!policy) throw gone(`The policy ${id}`);
    iam.updatePolicy(policy, inputs.policy);
    policy.tags = tagsAll(inputs.tags, context);
    return policyOutputs(policy, inputs, context);
  },
  delete(id, _state, context) {
    const policy = context.cloud.services.iam.findPolicy(id);
    if (policy) context.cloud.services.iam.deletePolicy(policy);
  },
});

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType[] = [roleType, rolePolicyType, attachmentType, policyType];

/** The functions (invokes) of this service. */
export const providerFunctions: readonly ProviderFunction[] = [];
