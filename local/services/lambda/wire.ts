import { AwsError } from "../../kernel/errors.ts";
import type { Dialect } from "../../wire/dialect.ts";
import { serviceModel } from "../../wire/model.ts";
import { modelWire } from "../../wire/model-wire.ts";
import { RUNTIMES } from "./limits.ts";

const runtimes = serviceModel("lambda").shapes["Runtime"]?.enum ?? [];
const otherRuntimes = runtimes.filter((runtime) => !(RUNTIMES as readonly string[]).includes(runtime));

/** Lambda's dialect (recorded on AWS, 2024 to 2026). */
const dialect: Dialect = {
  isNullNamed: true,
  refusal([first, ...more]) {
    if (first?.constraint !== "enum" || first.shapeName !== "Runtime" || more.length > 0) return undefined;
    return new AwsError(
      "InvalidParameterValueException",
      `Value ${String(first.value)} at 'runtime' failed to satisfy constraint: ${first.rule} or be a valid ARN`,
    );
  },
};

/**
 * Payloads are JSON texts; quotas of the API reference for functions without a capacity provider; a filter must have a
 * pattern.
 */
const corrections = {
  ClientContext: { type: "string", max: 3_583 },
  Text: { type: "string" },
  EphemeralStorageSize: { max: 10_240 },
  Filter: { required: ["Pattern"] },
  InvocationRequest: {
    members: {
      ClientContext: { shape: "ClientContext", location: "header", locationName: "X-Amz-Client-Context" },
      Payload: { shape: "Text" },
    },
  },
  InvocationResponse: { members: { Payload: { shape: "Text" } } },
  MemorySize: { max: 10_240 },
  Timeout: { max: 900 },
} as const;

/** REST-JSON; without versions, layers and VPC access, and with code as a ZIP file only. */
export const wire = modelWire("lambda", {
  dialect,
  corrections,
  paths: /^\/20\d\d-\d\d-\d\d\//,
  errorBody: ({ message, status }) => ({ Type: status >= 500 ? "Service" : "User", message, Message: message }),
  unsupported: [
    ...otherRuntimes.map((runtime) => `Runtime=${runtime}`),
    "*.KMSKeyArn",
    "AddPermissionRequest.EventSourceToken",
    "AddPermissionRequest.FunctionUrlAuthType",
    "AddPermissionRequest.InvokedViaFunctionUrl",
    "AddPermissionRequest.PrincipalOrgID",
    "DestinationConfig.OnSuccess",
    "InvocationRequest.DurableExecutionName",
    "InvocationRequest.TenantId",
    "ListFunctionsRequest.FunctionVersion",
    "ListFunctionsRequest.MasterRegion",
    "UpdateEventSourceMappingRequest.AmazonManagedKafkaEventSourceConfig",
    "UpdateEventSourceMappingRequest.DocumentDBEventSourceConfig",
    "UpdateEventSourceMappingRequest.LoggingConfig",
    "UpdateEventSourceMappingRequest.MetricsConfig",
    "UpdateEventSourceMappingRequest.ProvisionedPollerConfig",
    "UpdateEventSourceMappingRequest.ScalingConfig",
    "UpdateEventSourceMappingRequest.SelfManagedKafkaEventSourceConfig",
    "UpdateEventSourceMappingRequest.SourceAccessConfigurations",
    "UpdateFunctionCodeRequest.ImageUri",
    "UpdateFunctionCodeRequest.PublishTo",
    "UpdateFunctionCodeRequest.RevisionId",
    "UpdateFunctionCodeRequest.S3Bucket",
    "UpdateFunctionCodeRequest.S3Key",
    "UpdateFunctionCodeRequest.S3ObjectStorageMode",
    "UpdateFunctionCodeRequest.S3ObjectVersion",
    "UpdateFunctionCodeRequest.SourceKMSKeyArn",
    "UpdateFunctionConfigurationRequest.AcceleratorConfig",
    "UpdateFunctionConfigurationRequest.CapacityProviderConfig",
    "UpdateFunctionConfigurationRequest.DeadLetterConfig",
    "UpdateFunctionConfigurationRequest.DurableConfig",
    "UpdateFunctionConfigurationRequest.FileSystemConfigs",
    "UpdateFunctionConfigurationRequest.ImageConfig",
    "UpdateFunctionConfigurationRequest.Layers",
    "UpdateFunctionConfigurationRequest.RevisionId",
    "UpdateFunctionConfigurationRequest.RuntimeConfig",
    "UpdateFunctionConfigurationRequest.SnapStart",
    "UpdateFunctionConfigurationRequest.VpcConfig",
  ],
});
