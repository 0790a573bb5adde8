import { modelWire } from "../../wire/model-wire.ts";

/** JSON 1.1. Not supported: replicas, secrets that other services manage, schedules, filters and order of lists. */
export const wire = modelWire("secretsmanager", {
  unsupported: [
    ...["*.AddReplicaRegions", "*.ForceOverwriteReplicaSecret", "*.CrossAccountPrimaryARN", "*.Type", "*.PolicyName"],
    ...["*.RotationToken", "*.ExternalSecretRotationMetadata", "*.ExternalSecretRotationRoleArn"],
    ...["RotateSecretRequest.RotationRules", "RotateSecretRequest.RotateImmediately"],
    ...["ListSecretsRequest.Filters", "ListSecretsRequest.SortBy", "ListSecretsRequest.SortOrder"],
  ],
});
