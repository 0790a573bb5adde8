import { z } from "zod";
import { functionFields } from "./function-fields.ts";
import { mappingFields, mappingFilters } from "./mappings/mapping-fields.ts";
import { permissionFields } from "./permission-fields.ts";

/** Name, `account:function:name`, ARN, each with or without `:$LATEST`. */
const functionName = z.string().min(1).max(170);
const qualifier = z.string().optional();
const page = { Marker: z.string().optional(), MaxItems: z.number().int().min(1).max(10_000).optional() };
const publish = z
  .literal(false, { error: "must be false: the local cloud has no versions of a function, only $LATEST" })
  .optional();
const tags = z.record(z.string().min(1).max(128), z.string().max(256));

export const inputs = {
  Invoke: z.strictObject({
    FunctionName: functionName,
    Qualifier: qualifier,
    InvocationType: z.enum(["RequestResponse", "DryRun", "Event"]).default("RequestResponse"),
    LogType: z.enum(["None", "Tail"]).default("None"),
    /** Base64 of JSON text. */
    ClientContext: z.string().max(3_583).optional(),
    /** JSON text; "" counts as `{}`. */
    Payload: z.string().default(""),
  }),
  GetFunction: z.strictObject({ FunctionName: functionName, Qualifier: qualifier }),
  ListFunctions: z.strictObject(page),
  UpdateFunctionConfiguration: z.strictObject({
    FunctionName: functionName,
    Role: functionFields.role.optional(),
    Handler: functionFields.handler.optional(),
    Runtime: functionFields.runtime.optional(),
    Description: functionFields.description.optional(),
    Timeout: functionFields.timeoutSeconds.optional(),
    MemorySize: functionFields.memorySizeMb.optional(),
    Environment: z.strictObject({ Variables: functionFields.variables.default({}) }).optional(),
    EphemeralStorage: z.strictObject({ Size: functionFields.ephemeralStorageMb }).optional(),
    LoggingConfig: z
      .strictObject({
        LogFormat: functionFields.logFormat.optional(),
        LogGroup: functionFields.logGroupName.optional(),
        ApplicationLogLevel: functionFields.applicationLogLevel.optional(),
        SystemLogLevel: functionFields.systemLogLevel.optional(),
      })
      .optional(),
    TracingConfig: z.strictObject({ Mode: functionFields.tracingMode }).optional(),
  }),
  UpdateFunctionCode: z.strictObject({
    FunctionName: functionName,
    /** Base64 of a ZIP file. */
    ZipFile: z.string().min(1),
    Architectures: functionFields.architectures.optional(),
    DryRun: z.boolean().default(false),
    Publish: publish,
  }),
  DeleteFunction: z.strictObject({ FunctionName: functionName, Qualifier: qualifier }),
  PutFunctionConcurrency: z.strictObject({
    FunctionName: functionName,
    ReservedConcurrentExecutions: z.number().int().min(0),
  }),
  DeleteFunctionConcurrency: z.strictObject({ FunctionName: functionName }),
  AddPermission: z.strictObject({
    FunctionName: functionName,
    Qualifier: qualifier,
    StatementId: permissionFields.statementId,
    Action: permissionFields.action,
    Principal: permissionFields.principal,
    SourceArn: permissionFields.sourceArn.optional(),
    SourceAccount: permissionFields.sourceAccount.optional(),
    RevisionId: z.string().optional(),
  }),
  RemovePermission: z.strictObject({
    FunctionName: functionName,
    Qualifier: qualifier,
    StatementId: z.string(),
    RevisionId: z.string().optional(),
  }),
  ListTags: z.strictObject({ Resource: z.string().min(1) }),
  TagResource: z.strictObject({ Resource: z.string().min(1), Tags: tags }),
  UntagResource: z.strictObject({ Resource: z.string().min(1), TagKeys: z.array(z.string()) }),
  ListEventSourceMappings: z.strictObject({
    ...page,
    EventSourceArn: z.string().optional(),
    FunctionName: functionName.optional(),
  }),
  GetEventSourceMapping: z.strictObject({ UUID: z.string() }),
  UpdateEventSourceMapping: z.strictObject({
    UUID: z.string(),
    FunctionName: functionName.optional(),
    Enabled: z.boolean().optional(),
    BatchSize: mappingFields.batchSize.optional(),
    MaximumBatchingWindowInSeconds: mappingFields.batchWindowSeconds.optional(),
    ParallelizationFactor: mappingFields.parallelizationFactor.optional(),
    MaximumRetryAttempts: mappingFields.maximumRetryAttempts.optional(),
    MaximumRecordAgeInSeconds: mappingFields.maximumRecordAgeSeconds.optional(),
    BisectBatchOnFunctionError: z.boolean().optional(),
    FunctionResponseTypes: mappingFields.functionResponseTypes.optional(),
    /** Without a destination: none from now on. */
    DestinationConfig: z
      .strictObject({
        OnFailure: z
          .strictObject({ Destination: z.union([z.literal(""), mappingFields.destinationArn]).optional() })
          .optional(),
      })
      .optional(),
    /** Without filters: none from now on. */
    FilterCriteria: z
      .strictObject({ Filters: mappingFilters(z.strictObject({ Pattern: z.string() })).default([]) })
      .optional(),
    TumblingWindowInSeconds: mappingFields.tumblingWindowSeconds.optional(),
  }),
  DeleteEventSourceMapping: z.strictObject({ UUID: z.string() }),
};
