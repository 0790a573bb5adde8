// botocore 1.44.8, data/iam/2010-05-08/service-2.json.gz (PyPI, Apache-2.0), without its documentation. Made by scripts/update-service-models.ts: do not edit.

/** What each operation takes, by its name. */
export interface Inputs {
  readonly AttachRolePolicy: AttachRolePolicyRequest;
  readonly CreatePolicy: CreatePolicyRequest;
  readonly CreatePolicyVersion: CreatePolicyVersionRequest;
  readonly CreateRole: CreateRoleRequest;
  readonly DeletePolicy: DeletePolicyRequest;
  readonly DeletePolicyVersion: DeletePolicyVersionRequest;
  readonly DeleteRole: DeleteRoleRequest;
  readonly DeleteRolePermissionsBoundary: DeleteRolePermissionsBoundaryRequest;
  readonly DeleteRolePolicy: DeleteRolePolicyRequest;
  readonly DetachRolePolicy: DetachRolePolicyRequest;
  readonly GetPolicy: GetPolicyRequest;
  readonly GetPolicyVersion: GetPolicyVersionRequest;
  readonly GetRole: GetRoleRequest;
  readonly GetRolePolicy: GetRolePolicyRequest;
  readonly ListAttachedRolePolicies: ListAttachedRolePoliciesRequest;
  readonly ListPolicies: ListPoliciesRequest;
  readonly ListPolicyTags: ListPolicyTagsRequest;
  readonly ListPolicyVersions: ListPolicyVersionsRequest;
  readonly ListRolePolicies: ListRolePoliciesRequest;
  readonly ListRoleTags: ListRoleTagsRequest;
  readonly ListRoles: ListRolesRequest;
  readonly PutRolePermissionsBoundary: PutRolePermissionsBoundaryRequest;
  readonly PutRolePolicy: PutRolePolicyRequest;
  readonly SetDefaultPolicyVersion: SetDefaultPolicyVersionRequest;
  readonly TagPolicy: TagPolicyRequest;
  readonly TagRole: TagRoleRequest;
  readonly UntagPolicy: UntagPolicyRequest;
  readonly UntagRole: UntagRoleRequest;
  readonly UpdateAssumeRolePolicy: UpdateAssumeRolePolicyRequest;
  readonly UpdateRole: UpdateRoleRequest;
  readonly UpdateRoleDescription: UpdateRoleDescriptionRequest;
}

export type AttachRolePolicyRequest = {
  readonly RoleName: string;
  readonly PolicyArn: string;
};

export type CreatePolicyRequest = {
  readonly PolicyName: string;
  readonly Path?: string;
  readonly PolicyDocument: string;
  readonly Description?: string;
  readonly Tags?: readonly Tag[];
};

export type CreatePolicyVersionRequest = {
  readonly PolicyArn: string;
  readonly PolicyDocument: string;
  readonly SetAsDefault?: boolean;
};

export type CreateRoleRequest = {
  readonly Path?: string;
  readonly RoleName: string;
  readonly AssumeRolePolicyDocument: string;
  readonly Description?: string;
  readonly MaxSessionDuration?: number;
  readonly MaxSigninSessionDuration?: number;
  readonly PermissionsBoundary?: string;
  readonly Tags?: readonly Tag[];
};

export type DeletePolicyRequest = {
  readonly PolicyArn: string;
};

export type DeletePolicyVersionRequest = {
  readonly PolicyArn: string;
  readonly VersionId: string;
};

export type DeleteRolePermissionsBoundaryRequest = {
  readonly RoleName: string;
};

export type DeleteRolePolicyRequest = {
  readonly RoleName: string;
  readonly PolicyName: string;
};

export type DeleteRoleRequest = {
  readonly RoleName: string;
};

export type DetachRolePolicyRequest = {
  readonly RoleName: string;
  readonly PolicyArn: string;
};

export type GetPolicyRequest = {
  readonly PolicyArn: string;
};

export type GetPolicyVersionRequest = {
  readonly PolicyArn: string;
  readonly VersionId: string;
};

export type GetRolePolicyRequest = {
  readonly RoleName: string;
  readonly PolicyName: string;
};

export type GetRoleRequest = {
  readonly RoleName: string;
};

export type ListAttachedRolePoliciesRequest = {
  readonly RoleName: string;
  readonly PathPrefix?: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
};

export type ListPoliciesRequest = {
  readonly Scope?: "All" | "AWS" | "Local";
  readonly OnlyAttached?: boolean;
  readonly PathPrefix?: string;
  readonly PolicyUsageFilter?: "PermissionsPolicy" | "PermissionsBoundary";
  readonly Marker?: string;
  readonly MaxItems?: number;
};

export type ListPolicyTagsRequest = {
  readonly PolicyArn: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
};

export type ListPolicyVersionsRequest = {
  readonly PolicyArn: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
};

export type ListRolePoliciesRequest = {
  readonly RoleName: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
};

export type ListRoleTagsRequest = {
  readonly RoleName: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
};

export type ListRolesRequest = {
  readonly PathPrefix?: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
};

export type PutRolePermissionsBoundaryRequest = {
  readonly RoleName: string;
  readonly PermissionsBoundary: string;
};

export type PutRolePolicyRequest = {
  readonly RoleName: string;
  readonly PolicyName: string;
  readonly PolicyDocument: string;
};

export type SetDefaultPolicyVersionRequest = {
  readonly PolicyArn: string;
  readonly VersionId: string;
};

export type Tag = {
  readonly Key: string;
  readonly Value: string;
};

export type TagPolicyRequest = {
  readonly PolicyArn: string;
  readonly Tags: readonly Tag[];
};

export type TagRoleRequest = {
  readonly RoleName: string;
  readonly Tags: readonly Tag[];
};

export type UntagPolicyRequest = {
  readonly PolicyArn: string;
  readonly TagKeys: readonly string[];
};

export type UntagRoleRequest = {
  readonly RoleName: string;
  readonly TagKeys: readonly string[];
};

export type UpdateAssumeRolePolicyRequest = {
  readonly RoleName: string;
  readonly PolicyDocument: string;
};

export type UpdateRoleDescriptionRequest = {
  readonly RoleName: string;
  readonly Description: string;
};

export type UpdateRoleRequest = {
  readonly RoleName: string;
  readonly Description?: string;
  readonly MaxSessionDuration?: number;
  readonly MaxSigninSessionDuration?: number;
  readonly ResetMaxSigninSessionDuration?: boolean;
};
