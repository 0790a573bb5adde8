import { partitionOf } from "../../../aws/partitions.ts";
import { AwsError } from "../../kernel/errors.ts";
import { type AuthorizationRequest, type Call, defineOperations, type Operation } from "../../kernel/service.ts";
import { tagList } from "../../resource-types/tags.ts";
import type { Inputs } from "../../wire/models/iam.ts";
import { notKnownHere, parseAwsPolicyArn } from "./managed-policies.ts";
import { checkedPolicyArn, encodeDocument, newArn, wireTime } from "./operation-parts.ts";
import { paginate } from "./pages.ts";
import type { ManagedPolicy, PolicyVersion } from "./policies.ts";
import type { IamService } from "./service.ts";
import { withoutTags, withTags } from "./tags.ts";

/** What is asked and changed about managed policies. Those of AWS can be read. */
export function policyOperations(iam: IamService): Readonly<Record<string, Operation>> {
  const policyOf = (arn: string): ManagedPolicy => {
    const policy = iam.findPolicy(checkedPolicyArn(arn));
    if (!policy && parseAwsPolicyArn(arn)) throw notKnownHere(arn);
    if (!policy) throw new AwsError("NoSuchEntity", `Policy ${arn} was not found.`, 404);
    return policy;
  };
  return defineOperations<Inputs>({
    CreatePolicy: {
      authorize: (params, call) => [
        { action: "iam:CreatePolicy", resource: newArn("policy", `${params.Path ?? "/"}${params.PolicyName}`, call) },
      ],
      run(params, call) {
        const policy = iam.createPolicy(call.accountId, partitionOf(call.region), {
          name: params.PolicyName,
          path: params.Path ?? "/",
          document: params.PolicyDocument,
          description: params.Description ?? "",
          tags: withTags({}, params.Tags ?? []),
        });
        return { Policy: describePolicy(iam, policy, call) };
      },
    },
    DeletePolicy: {
      authorize: (params) => toChange("DeletePolicy", params.PolicyArn),
      run: (params) => iam.deletePolicy(policyOf(params.PolicyArn)),
    },
    GetPolicy: {
      authorize: (params, call) => toRead("GetPolicy", params.PolicyArn, call),
      run: (params, call) => ({ Policy: describePolicy(iam, policyOf(params.PolicyArn), call) }),
    },
    ListPolicies: {
      authorize: (_params, call) => [{ action: "iam:ListPolicies", resource: newArn("policy", "/", call) }],
      run(params, call) {
        const isWanted = (policy: ManagedPolicy) =>
          policy.path.startsWith(params.PathPrefix ?? "/") &&
          (!params.OnlyAttached || iam.rolesWith(policy).length > 0);
        const policies = iam.policies(call.accountId).filter(isWanted);
        const { items, ...rest } = paginate(policies, ({ arn }) => arn, params);
        return {
          Policies: items.map((policy) => ({ ...describePolicy(iam, policy, call), Tags: undefined })),
          ...rest,
        };
      },
    },
    CreatePolicyVersion: {
      authorize: (params) => toChange("CreatePolicyVersion", params.PolicyArn),
      run(params) {
        const policy = policyOf(params.PolicyArn);
        const id = iam.addPolicyVersion(policy, params.PolicyDocument, params.SetAsDefault ?? false);
        return { PolicyVersion: describeVersion(policy, policy.version(id), false) };
      },
    },
    GetPolicyVersion: {
      authorize: (params, call) => toRead("GetPolicyVersion", params.PolicyArn, call),
      run(params) {
        const policy = policyOf(params.PolicyArn);
        return { PolicyVersion: describeVersion(policy, policy.version(params.VersionId), true) };
      },
    },
    ListPolicyVersions: {
      authorize: (params, call) => toRead("ListPolicyVersions", params.PolicyArn, call),
      run(params) {
        const policy = policyOf(params.PolicyArn);
        const { items, ...rest } = paginate(policy.versions(), ({ id }) => id, params);
        return { Versions: items.map((version) => describeVersion(policy, version, false)), ...rest };
      },
    },
    SetDefaultPolicyVersion: {
      authorize: (params) => toChange("SetDefaultPolicyVersion", params.PolicyArn),
      run: (params) => iam.setDefaultPolicyVersion(policyOf(params.PolicyArn), params.VersionId),
    },
    DeletePolicyVersion: {
      authorize: (params) => toChange("DeletePolicyVersion", params.PolicyArn),
      run: (params) => policyOf(params.PolicyArn).deleteVersion(params.VersionId),
    },
    TagPolicy: {
      authorize: (params) => toChange("TagPolicy", params.PolicyArn),
      run(params) {
        const policy = policyOf(params.PolicyArn);
        policy.tags = withTags(policy.tags, params.Tags);
      },
    },
    UntagPolicy: {
      authorize: (params) => toChange("UntagPolicy", params.PolicyArn),
      run(params) {
        const policy = policyOf(params.PolicyArn);
        policy.tags = withoutTags(policy.tags, params.TagKeys);
      },
    },
    ListPolicyTags: {
      authorize: (params, call) => toRead("ListPolicyTags", params.PolicyArn, call),
      run(params) {
        const tags = tagList(policyOf(params.PolicyArn).tags);
        const { items, ...rest } = paginate(tags, ({ Key }) => Key, params);
        return { Tags: items, ...rest };
      },
    },
  });
}

function toChange(action: string, arn: string): readonly AuthorizationRequest[] {
  return [{ action: `iam:${action}`, resource: arn }];
}

/** Policies of AWS belong to no account: who may read is told by the caller's own policies. */
function toRead(action: string, arn: string, call: Call): readonly AuthorizationRequest[] {
  const isOfAws = arn.split(":")[4] === "aws";
  return [{ action: `iam:${action}`, resource: arn, ...(isOfAws ? { resourceAccountId: call.accountId } : {}) }];
}

function describePolicy(iam: IamService, policy: ManagedPolicy, call: Call) {
  return {
    PolicyName: policy.name,
    PolicyId: policy.policyId,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: iam.rolesWith(policy).filter(({ accountId }) => accountId === call.accountId).length,
    PermissionsBoundaryUsageCount: iam.rolesBoundBy(policy).filter(({ accountId }) => accountId === call.accountId)
      .length,
    IsAttachable: true,
    Description: policy.description || undefined,
    CreateDate: wireTime(policy.createdAt),
    UpdateDate: wireTime(policy.updatedAt),
    Tags: Object.keys(policy.tags).length > 0 ? tagList(policy.tags) : undefined,
  };
}

function describeVersion(policy: ManagedPolicy, version: PolicyVersion, isFull: boolean) {
  return {
    VersionId: version.id,
    IsDefaultVersion: version.id === policy.defaultVersionId,
    CreateDate: wireTime(version.createdAt),
    Document: isFull ? encodeDocument(version.document) : undefined,
  };
}
