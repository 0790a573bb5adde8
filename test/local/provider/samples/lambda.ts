import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import { SIGNATURE_KEY, Signature } from "../../../../local/resource-types/wire-values.ts";
import type { ProviderStage } from "../../../support/provider-stage.ts";
import { zipFile } from "../../../support/zip-file.ts";
import type { ResourceSample } from "../resource-sample.ts";

const FUNCTION = "aws:lambda/function:Function";
const PERMISSION = "aws:lambda/permission:Permission";
const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
const arn = "arn:aws:lambda:us-east-1:111111111111";
const functionArn = `${arn}:function:consumer`;

/** An AssetArchive of one module, as an engine sends it. */
const archive = (source: string): Properties => ({
  [SIGNATURE_KEY]: Signature.Archive,
  assets: { "index.mjs": { [SIGNATURE_KEY]: Signature.Asset, text: source } },
});
const code = archive("export const handler = async () => 1;");

async function role(stage: ProviderStage, name = "consumer"): Promise<unknown> {
  const assumeRolePolicy = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
  };
  const permissions = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["kinesis:*", "s3:*", "xray:*"], Resource: "*" }],
  };
  const made = await stage.make(
    "aws:iam/role:Role",
    { name, assumeRolePolicy: JSON.stringify(assumeRolePolicy) },
    name,
  );
  const policy = { role: name, policy: JSON.stringify(permissions) };
  await stage.make("aws:iam/rolePolicy:RolePolicy", policy, `${name}-policy`);
  return made.outputs["arn"];
}

const call = (operation: string, params: object) => (stage: ProviderStage) => stage.call("lambda", operation, params);

const functions: readonly ResourceSample[] = [
  {
    token: FUNCTION,
    inputs: async (stage) => ({
      name: "consumer",
      code,
      role: await role(stage),
      handler: "index.handler",
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      description: "reads events",
      environment: { variables: { MODE: "first", TABLE: "events" } },
      ephemeralStorage: { size: 1024 },
      loggingConfig: { logFormat: "JSON", logGroup: "/app/consumer", applicationLogLevel: "DEBUG" },
      memorySize: 512,
      reservedConcurrentExecutions: 5,
      tags: { team: "data" },
      timeout: 30,
      tracingConfig: { mode: "PassThrough" },
    }),
    same: [
      { ephemeralStorage: undefined, architectures: undefined, tracingConfig: undefined },
      { loggingConfig: undefined },
      { loggingConfig: { logFormat: "JSON" } },
      { loggingConfig: { logFormat: "JSON", systemLogLevel: "INFO" } },
      { code: archive("export const handler = async () => 1;"), publish: false, packageType: "Zip" },
    ],
    updates: [
      {
        inputs: { code: archive("export const handler = async () => 2;"), memorySize: 1024 },
        diffs: ["code", "memorySize"],
      },
      { inputs: { timeout: 60 }, diffs: ["timeout"] },
      { inputs: { environment: undefined }, diffs: ["environment"] },
      { inputs: { environment: { variables: { MODE: "second" } } }, diffs: ["environment"] },
      { inputs: { architectures: ["x86_64"], description: "" }, diffs: ["architectures", "description"] },
      { inputs: { handler: "index.other", runtime: "nodejs22.x" }, diffs: ["handler", "runtime"] },
      { inputs: { ephemeralStorage: { size: 2048 } }, diffs: ["ephemeralStorage"] },
      { inputs: { loggingConfig: { logFormat: "Text" } }, diffs: ["loggingConfig"] },
      { inputs: { tracingConfig: { mode: "Active" } }, diffs: ["tracingConfig"] },
      { inputs: { reservedConcurrentExecutions: undefined }, diffs: ["reservedConcurrentExecutions"] },
      { inputs: { tags: { owner: "ops" } }, diffs: ["tags"] },
    ],
    replacements: [{ inputs: { name: "other" }, replaces: ["name"] }],
    drifts: [
      {
        by: call("UpdateFunctionConfiguration", {
          FunctionName: "consumer",
          MemorySize: 256,
          Timeout: 9,
          Environment: { Variables: { MODE: "third" } },
          LoggingConfig: { ApplicationLogLevel: "WARN" },
        }),
        inputs: {
          memorySize: 256,
          timeout: 9,
          environment: { variables: { MODE: "third" } },
          loggingConfig: { logFormat: "JSON", logGroup: "/app/consumer", applicationLogLevel: "WARN" },
        },
      },
      {
        by: call("UpdateFunctionConfiguration", { FunctionName: "consumer", Environment: { Variables: {} } }),
        inputs: { environment: undefined },
      },
      {
        by: call("UpdateFunctionCode", {
          FunctionName: "consumer",
          ZipFile: zipFile({ "index.mjs": "export const handler = async () => 3;" }).toString("base64"),
          Architectures: ["x86_64"],
        }),
        inputs: { architectures: ["x86_64"] },
      },
      {
        by: call("PutFunctionConcurrency", { FunctionName: "consumer", ReservedConcurrentExecutions: 7 }),
        inputs: { reservedConcurrentExecutions: 7 },
      },
      {
        by: call("DeleteFunctionConcurrency", { FunctionName: "consumer" }),
        inputs: { reservedConcurrentExecutions: -1 },
      },
      {
        by: call("TagResource", { Resource: functionArn, Tags: { owner: "ops" } }),
        inputs: { tags: { team: "data", owner: "ops" } },
      },
      { by: call("UntagResource", { Resource: functionArn, TagKeys: ["team"] }), inputs: { tags: {} } },
    ],
    unknownToImport: ["code"],
  },
  {
    token: FUNCTION,
    inputs: async (stage) => ({
      code,
      role: await role(stage),
      handler: "index.handler",
      runtime: "nodejs24.x",
      environment: {},
      sourceCodeHash: "first",
    }),
    same: [{ environment: undefined }, { environment: { variables: {} } }, { sourceCodeHash: undefined }],
    updates: [{ inputs: { sourceCodeHash: "second", memorySize: 129 }, diffs: ["memorySize", "sourceCodeHash"] }],
    unknownToImport: ["code", "sourceCodeHash"],
  },
];

async function consumer(stage: ProviderStage, name = "consumer"): Promise<void> {
  const inputs = { name, code, role: await role(stage, name), handler: "index.handler", runtime: "nodejs24.x" };
  await stage.make(FUNCTION, inputs, name);
}

async function stream(stage: ProviderStage): Promise<unknown> {
  const { outputs } = await stage.make("aws:kinesis/stream:Stream", { name: "events", shardCount: 1 }, "events");
  return outputs["arn"];
}

const onFailure = (name: string) => ({ onFailure: { destinationArn: `arn:aws:s3:::${name}` } });
const filters = (...kinds: string[]) => ({
  filters: kinds.map((kind) => ({ pattern: JSON.stringify({ data: { kind: [kind] } }) })),
});

const changed =
  (params: object) =>
  (stage: ProviderStage, { id }: { readonly id: string }) =>
    stage.call("lambda", "UpdateEventSourceMapping", { UUID: id, ...params });

const mappings: readonly ResourceSample[] = [
  {
    token: MAPPING,
    inputs: async (stage) => {
      await consumer(stage);
      await consumer(stage, "other");
      for (const bucket of ["parked-records", "other-records"]) {
        await stage.make("aws:s3/bucket:Bucket", { bucket }, bucket);
      }
      return {
        functionName: "consumer",
        eventSourceArn: await stream(stage),
        startingPosition: "TRIM_HORIZON",
        batchSize: 300,
        bisectBatchOnFunctionError: true,
        destinationConfig: onFailure("parked-records"),
        filterCriteria: filters("click", "view"),
        functionResponseTypes: ["ReportBatchItemFailures"],
        maximumBatchingWindowInSeconds: 5,
        maximumRecordAgeInSeconds: 3600,
        maximumRetryAttempts: 3,
        parallelizationFactor: 2,
        tags: { team: "data" },
      };
    },
    same: [
      { functionName: functionArn },
      { functionName: "111111111111:function:consumer" },
      { functionName: `${functionArn}:$LATEST` },
      { filterCriteria: filters("view", "click") },
      { maximumRecordAgeInSeconds: undefined, maximumRetryAttempts: undefined, parallelizationFactor: undefined },
      { destinationConfig: undefined },
      { enabled: true, tumblingWindowInSeconds: 0 },
    ],
    updates: [
      { inputs: { batchSize: 10, maximumRetryAttempts: 1 }, diffs: ["batchSize", "maximumRetryAttempts"] },
      { inputs: { functionName: "other" }, diffs: ["functionName"] },
      { inputs: { enabled: false }, diffs: ["enabled"] },
      { inputs: { filterCriteria: undefined }, diffs: ["filterCriteria"] },
      { inputs: { filterCriteria: filters("click") }, diffs: ["filterCriteria"] },
      { inputs: { destinationConfig: onFailure("other-records") }, diffs: ["destinationConfig"] },
      {
        inputs: { functionResponseTypes: [], bisectBatchOnFunctionError: undefined },
        diffs: ["bisectBatchOnFunctionError", "functionResponseTypes"],
      },
      { inputs: { parallelizationFactor: 4, tags: {} }, diffs: ["parallelizationFactor", "tags"] },
      {
        inputs: { maximumBatchingWindowInSeconds: undefined, maximumRecordAgeInSeconds: -1 },
        diffs: ["maximumBatchingWindowInSeconds", "maximumRecordAgeInSeconds"],
      },
    ],
    replacements: [
      { inputs: { startingPosition: "LATEST" }, replaces: ["startingPosition"] },
      {
        inputs: { eventSourceArn: "arn:aws:kinesis:us-east-1:111111111111:stream/others" },
        replaces: ["eventSourceArn"],
      },
    ],
    drifts: [
      { by: changed({ BatchSize: 20, MaximumRetryAttempts: -1 }), inputs: { batchSize: 20, maximumRetryAttempts: -1 } },
      { by: changed({ Enabled: false }), inputs: { enabled: false } },
      { by: changed({ FunctionName: "other" }), inputs: { functionName: `${arn}:function:other` } },
      { by: changed({ FilterCriteria: {} }), inputs: { filterCriteria: undefined } },
      {
        by: changed({ DestinationConfig: { OnFailure: { Destination: "arn:aws:s3:::other-records" } } }),
        inputs: { destinationConfig: onFailure("other-records") },
      },
      {
        by: (stage, { outputs }) =>
          stage.call("lambda", "TagResource", { Resource: outputs["arn"], Tags: { owner: "ops" } }),
        inputs: { tags: { team: "data", owner: "ops" } },
      },
    ],
  },
  {
    token: MAPPING,
    inputs: async (stage) => {
      await consumer(stage);
      return {
        functionName: functionArn,
        eventSourceArn: await stream(stage),
        startingPosition: "AT_TIMESTAMP",
        startingPositionTimestamp: "2026-01-31T12:00:00+01:00",
        enabled: false,
        filterCriteria: { filters: [] },
      };
    },
    same: [
      { startingPositionTimestamp: "2026-01-31T11:00:00.000Z", functionName: "consumer" },
      { filterCriteria: undefined, batchSize: 100 },
      { maximumRecordAgeInSeconds: -1, maximumRetryAttempts: -1, parallelizationFactor: 1 },
      { destinationConfig: {} },
    ],
    updates: [{ inputs: { enabled: true, maximumRetryAttempts: 2 }, diffs: ["enabled", "maximumRetryAttempts"] }],
    replacements: [
      {
        inputs: { startingPositionTimestamp: "2026-01-31T11:30:00Z" },
        replaces: ["startingPositionTimestamp"],
      },
    ],
  },
];

const permissions: readonly ResourceSample[] = [
  {
    token: PERMISSION,
    inputs: async (stage) => {
      await consumer(stage);
      await consumer(stage, "other");
      return {
        function: "consumer",
        action: "lambda:InvokeFunction",
        principal: "s3.amazonaws.com",
        statementId: "AllowBucket",
        sourceArn: "arn:aws:s3:::uploads",
        sourceAccount: "111111111111",
      };
    },
    replacements: [
      { inputs: { principal: "sns.amazonaws.com" }, replaces: ["principal"], deleteBeforeReplace: true },
      { inputs: { sourceArn: undefined }, replaces: ["sourceArn"], deleteBeforeReplace: true },
      { inputs: { function: functionArn }, replaces: ["function"], deleteBeforeReplace: true },
      { inputs: { statementId: "Other" }, replaces: ["statementId"] },
    ],
    drifts: [
      {
        by: async (stage) => {
          const statement = { FunctionName: "consumer", StatementId: "AllowBucket" };
          await stage.call("lambda", "RemovePermission", statement);
          const other = { Action: "lambda:*", Principal: "sns.amazonaws.com", SourceAccount: "222222222222" };
          await stage.call("lambda", "AddPermission", { ...statement, ...other });
        },
        inputs: {
          action: "lambda:*",
          principal: "sns.amazonaws.com",
          sourceAccount: "222222222222",
          sourceArn: undefined,
        },
      },
    ],
    importId: (_outputs, id) => `consumer/${id}`,
  },
  {
    token: PERMISSION,
    inputs: async (stage) => {
      await consumer(stage);
      return { function: functionArn, action: "lambda:InvokeFunction", principal: "222222222222" };
    },
    same: [{ principal: "arn:aws:iam::222222222222:root" }],
    replacements: [{ inputs: { principal: "*" }, replaces: ["principal"] }],
    importId: (_outputs, id) => `${functionArn}/${id}`,
  },
];

/** The resource types of Lambda. */
export const samples: readonly ResourceSample[] = [...functions, ...mappings, ...permissions];
