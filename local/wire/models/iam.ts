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

export interface AttachRolePolicyRequest {
  readonly RoleName: string;
  readonly PolicyArn: string;
}

export interface CreatePolicyRequest {
  readonly PolicyName: string;
  readonly Path?: string;
  readonly PolicyDocument: string;
  readonly Description?: string;
  readonly Tags?: readonly Tag[];
}

export interface CreatePolicyVersionRequest {
  readonly PolicyArn: string;
  readonly PolicyDocument: string;
  readonly SetAsDefault?: boolean;
}

export interface CreateRoleRequest {
  readonly Path?: string;
  readonly RoleName: string;
  readonly AssumeRolePolicyDocument: string;
  readonly Description?: string;
  readonly MaxSessionDuration?: number;
  readonly MaxSigninSessionDuration?: number;
  readonly PermissionsBoundary?: string;
  readonly Tags?: readonly Tag[];
}

export interface DeletePolicyRequest {
  readonly PolicyArn: string;
}

export interface DeletePolicyVersionRequest {
  readonly PolicyArn: string;
  readonly VersionId: string;
}

export interface DeleteRolePermissionsBoundaryRequest {
  readonly RoleName: string;
}

export interface DeleteRolePolicyRequest {
  readonly RoleName: string;
  readonly PolicyName: string;
}

export interface DeleteRoleRequest {
  readonly RoleName: string;
}

export interface DetachRolePolicyRequest {
  readonly RoleName: string;
  readonly PolicyArn: string;
}

export interface GetPolicyRequest {
  readonly PolicyArn: string;
}

export interface GetPolicyVersionRequest {
  readonly PolicyArn: string;
  readonly VersionId: string;
}

export interface GetRolePolicyRequest {
  readonly RoleName: string;
  readonly PolicyName: string;
}

export interface GetRoleRequest {
  readonly RoleName: string;
}

export interface ListAttachedRolePoliciesRequest {
  readonly RoleName: string;
  readonly PathPrefix?: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
}

export interface ListPoliciesRequest {
  readonly Scope?: "All" | "AWS" | "Local";
  readonly OnlyAttached?: boolean;
  readonly PathPrefix?: string;
  readonly PolicyUsageFilter?: "PermissionsPolicy" | "PermissionsBoundary";
  readonly Marker?: string;
  readonly MaxItems?: number;
}

export interface ListPolicyTagsRequest {
  readonly PolicyArn: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
}

export interface ListPolicyVersionsRequest {
  readonly PolicyArn: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
}

export interface ListRolePoliciesRequest {
  readonly RoleName: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
}

export interface ListRoleTagsRequest {
  readonly RoleName: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
}

export interface ListRolesRequest {
  readonly PathPrefix?: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
}

export interface PutRolePermissionsBoundaryRequest {
  readonly RoleName: string;
  readonly PermissionsBoundary: string;
}

export interface PutRolePolicyRequest {
  readonly RoleName: string;
  readonly PolicyName: string;
  readonly PolicyDocument: string;
}

export interface SetDefaultPolicyVersionRequest {
  readonly PolicyArn: string;
  readonly VersionId: string;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface TagPolicyRequest {
  readonly PolicyArn: string;
  readonly Tags: readonly Tag[];
}

export interface TagRoleRequest {
  readonly RoleName: string;
  readonly Tags: readonly Tag[];
}

export interface UntagPolicyRequest {
  readonly PolicyArn: string;
  readonly TagKeys: readonly string[];
}

export interface UntagRoleRequest {
  readonly RoleName: string;
  readonly TagKeys: readonly string[];
}

export interface UpdateAssumeRolePolicyRequest {
  readonly RoleName: string;
  readonly PolicyDocument: string;
}

export interface UpdateRoleDescriptionRequest {
  readonly RoleName: string;
  readonly Description: string;
}

export interface UpdateRoleRequest {
  readonly RoleName: string;
  readonly Description?: string;
  readonly MaxSessionDuration?: number;
  readonly MaxSigninSessionDuration?: number;
  readonly ResetMaxSigninSessionDuration?: boolean;
}
