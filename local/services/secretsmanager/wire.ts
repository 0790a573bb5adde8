import { modelWire } from "../../wire/model-wire.ts";

/** JSON 1.1, with what is not supported: replicas, secrets that other services manage, and schedules in cron. */
export const wire = modelWire("secretsmanager", {
  unsupported: [
    ...["*.AddReplicaRegions", "*.ForceOverwriteReplicaSecret", "*.CrossAccountPrimaryARN", "*.Type", "*.PolicyName"],
    ...["*.RotationToken", "*.ExternalSecretRotationMetadata", "*.ExternalSecretRotationRoleArn"],
    ...["RotationRulesType.ScheduleExpression", "RotationRulesType.Duration", "SortByType=last-accessed-date"],
    ...["SortByType=last-changed-date", "SortByType=name", "BatchGetSecretValueRequest.Filters"],
    // They page what Filters find.
    ...["BatchGetSecretValueRequest.MaxResults", "BatchGetSecretValueRequest.NextToken"],
  ],
});
