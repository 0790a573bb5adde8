// botocore 1.44.8, data/secretsmanager/2017-10-17/service-2.json.gz (PyPI, Apache-2.0), without its documentation. Made by scripts/update-service-models.ts: do not edit.

/** What each operation takes, by its name. */
export interface Inputs {
  readonly AssociateCrossAccountReplica: AssociateCrossAccountReplicaRequest;
  readonly BatchGetSecretValue: BatchGetSecretValueRequest;
  readonly CancelRotateSecret: CancelRotateSecretRequest;
  readonly CreateSecret: CreateSecretRequest;
  readonly DeleteResourcePolicy: DeleteResourcePolicyRequest;
  readonly DeleteSecret: DeleteSecretRequest;
  readonly DescribeSecret: DescribeSecretRequest;
  readonly DisassociateCrossAccountReplica: DisassociateCrossAccountReplicaRequest;
  readonly GetRandomPassword: GetRandomPasswordRequest;
  readonly GetResourcePolicy: GetResourcePolicyRequest;
  readonly GetSecretValue: GetSecretValueRequest;
  readonly ListResourcePolicies: ListResourcePoliciesRequest;
  readonly ListSecretVersionIds: ListSecretVersionIdsRequest;
  readonly ListSecrets: ListSecretsRequest;
  readonly PutResourcePolicy: PutResourcePolicyRequest;
  readonly PutSecretValue: PutSecretValueRequest;
  readonly RemoveRegionsFromReplication: RemoveRegionsFromReplicationRequest;
  readonly ReplicateSecretToRegions: ReplicateSecretToRegionsRequest;
  readonly RestoreSecret: RestoreSecretRequest;
  readonly RotateSecret: RotateSecretRequest;
  readonly StopReplicationToReplica: StopReplicationToReplicaRequest;
  readonly TagResource: TagResourceRequest;
  readonly UntagResource: UntagResourceRequest;
  readonly UpdateSecret: UpdateSecretRequest;
  readonly UpdateSecretVersionStage: UpdateSecretVersionStageRequest;
  readonly ValidateResourcePolicy: ValidateResourcePolicyRequest;
}

export type AssociateCrossAccountReplicaRequest = {
  readonly SecretId: string;
  readonly CrossAccountReplicaARN: string;
  readonly ReplicaRestriction?: "SameOrg" | "NoRestriction";
  readonly ReplicationRoleARN?: string;
};

export type BatchGetSecretValueRequest = {
  readonly SecretIdList?: readonly string[];
  readonly Filters?: readonly Filter[];
  readonly MaxResults?: number;
  readonly NextToken?: string;
};

export type CancelRotateSecretRequest = {
  readonly SecretId: string;
};

export type CreateSecretRequest = {
  readonly Name: string;
  readonly ClientRequestToken?: string;
  readonly Description?: string;
  readonly KmsKeyId?: string;
  readonly SecretBinary?: string;
  readonly SecretString?: string;
  readonly Tags?: readonly Tag[];
  readonly AddReplicaRegions?: readonly ReplicaRegionType[];
  readonly ForceOverwriteReplicaSecret?: boolean;
  readonly Type?: string;
  readonly CrossAccountPrimaryARN?: string;
};

export type DeleteResourcePolicyRequest = {
  readonly SecretId: string;
  readonly PolicyName?: string;
};

export type DeleteSecretRequest = {
  readonly SecretId: string;
  readonly RecoveryWindowInDays?: number;
  readonly ForceDeleteWithoutRecovery?: boolean;
};

export type DescribeSecretRequest = {
  readonly SecretId: string;
};

export type DisassociateCrossAccountReplicaRequest = {
  readonly SecretId: string;
  readonly CrossAccountReplicaARN: string;
};

export type ExternalSecretRotationMetadataItem = {
  readonly Key?: string;
  readonly Value?: string;
};

export type Filter = {
  readonly Key?: "description" | "name" | "tag-key" | "tag-value" | "primary-region" | "owning-service" | "all";
  readonly Values?: readonly string[];
};

export type GetRandomPasswordRequest = {
  readonly PasswordLength?: number;
  readonly ExcludeCharacters?: string;
  readonly ExcludeNumbers?: boolean;
  readonly ExcludePunctuation?: boolean;
  readonly ExcludeUppercase?: boolean;
  readonly ExcludeLowercase?: boolean;
  readonly IncludeSpace?: boolean;
  readonly RequireEachIncludedType?: boolean;
};

export type GetResourcePolicyRequest = {
  readonly SecretId: string;
  readonly PolicyName?: string;
};

export type GetSecretValueRequest = {
  readonly SecretId: string;
  readonly VersionId?: string;
  readonly VersionStage?: string;
};

export type ListResourcePoliciesRequest = {
  readonly SecretId: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
};

export type ListSecretVersionIdsRequest = {
  readonly SecretId: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly IncludeDeprecated?: boolean;
};

export type ListSecretsRequest = {
  readonly IncludePlannedDeletion?: boolean;
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly Filters?: readonly Filter[];
  readonly SortOrder?: "asc" | "desc";
  readonly SortBy?: "created-date" | "last-accessed-date" | "last-changed-date" | "name";
};

export type PutResourcePolicyRequest = {
  readonly SecretId: string;
  readonly ResourcePolicy: string;
  readonly PolicyName?: string;
  readonly BlockPublicPolicy?: boolean;
};

export type PutSecretValueRequest = {
  readonly SecretId: string;
  readonly ClientRequestToken?: string;
  readonly SecretBinary?: string;
  readonly SecretString?: string;
  readonly VersionStages?: readonly string[];
  readonly RotationToken?: string;
};

export type RemoveRegionsFromReplicationRequest = {
  readonly SecretId: string;
  readonly RemoveReplicaRegions: readonly string[];
};

export type ReplicaRegionType = {
  readonly Region?: string;
  readonly KmsKeyId?: string;
};

export type ReplicateSecretToRegionsRequest = {
  readonly SecretId: string;
  readonly AddReplicaRegions: readonly ReplicaRegionType[];
  readonly ForceOverwriteReplicaSecret?: boolean;
};

export type RestoreSecretRequest = {
  readonly SecretId: string;
};

export type RotateSecretRequest = {
  readonly SecretId: string;
  readonly ClientRequestToken?: string;
  readonly RotationLambdaARN?: string;
  readonly RotationRules?: RotationRulesType;
  readonly ExternalSecretRotationMetadata?: readonly ExternalSecretRotationMetadataItem[];
  readonly ExternalSecretRotationRoleArn?: string;
  readonly RotateImmediately?: boolean;
};

export type RotationRulesType = {
  readonly AutomaticallyAfterDays?: number;
  readonly Duration?: string;
  readonly ScheduleExpression?: string;
};

export type StopReplicationToReplicaRequest = {
  readonly SecretId: string;
};

export type Tag = {
  readonly Key?: string;
  readonly Value?: string;
};

export type TagResourceRequest = {
  readonly SecretId: string;
  readonly Tags: readonly Tag[];
};

export type UntagResourceRequest = {
  readonly SecretId: string;
  readonly TagKeys: readonly string[];
};

export type UpdateSecretRequest = {
  readonly SecretId: string;
  readonly ClientRequestToken?: string;
  readonly Description?: string;
  readonly KmsKeyId?: string;
  readonly SecretBinary?: string;
  readonly SecretString?: string;
  readonly Type?: string;
};

export type UpdateSecretVersionStageRequest = {
  readonly SecretId: string;
  readonly VersionStage: string;
  readonly RemoveFromVersionId?: string;
  readonly MoveToVersionId?: string;
};

export type ValidateResourcePolicyRequest = {
  readonly SecretId?: string;
  readonly ResourcePolicy: string;
};
