import { type AuthorizationRequest, type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import { tagList } from "../../../resource-types/tags.ts";
import type { Inputs } from "../../../wire/models/iam.ts";
import { iamArn } from "../arn.ts";
import type { ManagedPolicy, PolicyVersion } from "../managed-policy.ts";
import type { IamStore } from "../store.ts";
import { withoutTags, withTags } from "../tags.ts";
import { checkedPolicyArn, encodeDocument, wireTime } from "./members.ts";
import { paginate } from "./pages.ts";

/** Managed policies and their versions. Those of AWS are read-only. */
export function policyOperations(store: IamStore): Readonly<Record<string, Operation>> {
  const policyOf = (arn: string): ManagedPolicy => store.requirePolicy(checkedPolicyArn(arn));
  return defineOperations<Inputs>({
    CreatePolicy: {
      authorize: (params, call) => [
        { action: "iam:CreatePolicy", resource: iamArn("policy", `${params.Path ?? "/"}${params.PolicyName}`, call) },
      ],
      run(params, call) {
        const policy = store.addPolicy(call, {
          name: params.PolicyName,
          path: params.Path ?? "/",
          document: params.PolicyDocument,
          description: params.Description ?? "",
          tags: withTags({}, params.Tags ?? []),
        });
        return { Policy: describePolicy(store, policy, call) };
      },
    },
    DeletePolicy: {
      authorize: (params) => toChange("DeletePolicy", params.PolicyArn),
      run: (params) => store.removePolicy(policyOf(params.PolicyArn)),
    },
    GetPolicy: {
      authorize: (params, call) => toRead("GetPolicy", params.PolicyArn, call),
      run: (params, call) => ({ Policy: describePolicy(store, policyOf(params.PolicyArn), call) }),
    },
    ListPolicies: {
      authorize: (_params, call) => [{ action: "iam:ListPolicies", resource: iamArn("policy", "/", call) }],
      run(params, call) {
        const isWanted = (policy: ManagedPolicy) =>
          policy.path.startsWith(params.PathPrefix ?? "/") &&
          (!params.OnlyAttached || store.rolesWith(policy).length > 0);
        const policies = store.listPolicies(call.accountId).filter(isWanted);
        const { items, ...rest } = paginate(policies, ({ arn }) => arn, params);
        return {
          Policies: items.map((policy) => ({ ...describePolicy(store, policy, call), Tags: undefined })),
          ...rest,
        };
      },
    },
    CreatePolicyVersion: {
      authorize: (params) => toChange("CreatePolicyVersion", params.PolicyArn),
      run(params) {
        const policy = policyOf(params.PolicyArn);
        const id = store.addPolicyVersion(policy, params.PolicyDocument, params.SetAsDefault ?? false);
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
      run: (params) => store.setDefaultPolicyVersion(policyOf(params.PolicyArn), params.VersionId),
    },
    DeletePolicyVersion: {
      authorize: (params) => toChange("DeletePolicyVersion", params.PolicyArn),
      run: (params) => policyOf(params.PolicyArn).removeVersion(params.VersionId),
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

/** Policies of AWS belong to no account: reading them needs only the permission in the caller's account. */
function toRead(action: string, arn: string, call: Call): readonly AuthorizationRequest[] {
  const isOfAws = arn.split(":")[4] === "aws";
  return [{ action: `iam:${action}`, resource: arn, ...(isOfAws ? { resourceAccountId: call.accountId } : {}) }];
}

function describePolicy(store: IamStore, policy: ManagedPolicy, call: Call) {
  return {
    PolicyName: policy.name,
    PolicyId: policy.policyId,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: store.rolesWith(policy).filter(({ accountId }) => accountId === call.accountId).length,
    PermissionsBoundaryUsageCount: store.rolesBoundBy(policy).filter(({ accountId }) => accountId === call.accountId)
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
