import { z } from "zod";
import { evaluate } from "../../accounts/evaluate.ts";
import { AwsError } from "../../errors.ts";
import {
  defineResourceType,
  type Properties,
  type ResolvedAsset,
  type ResourceContext,
} from "../../provider/resource-type.ts";
import { tagsAll } from "../../provider/tags.ts";
import { isoTime } from "./describe.ts";
import type { LambdaFunction } from "./function.ts";
import { functionArn } from "./function-address.ts";
import type { FunctionSettings } from "./function-settings.ts";
import { MAX_ENVIRONMENT_BYTES, RESERVED_VARIABLES, RUNTIMES } from "./limits.ts";
import { refused } from "./refused.ts";
import { assumeFunctionRole } from "./service-sessions.ts";

const images = "it runs deployment packages of runtimes for Node.js only";

const functionInputs = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9-_]{1,64}$/, "must be 1 to 64 letters, digits, - or _"),
  code: z.custom<ResolvedAsset>(isArchive, "must be an archive (AssetArchive or FileArchive)"),
  role: z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, "must be the ARN of a role"),
  handler: z.string().regex(/^\S{1,128}$/, "must be 1 to 128 characters without white space, such as index.handler"),
  runtime: z.enum(RUNTIMES, { error: `must be one of ${RUNTIMES.join(", ")} in the local cloud` }),
  description: z.string().max(256).default(""),
  memorySize: z.number().int().min(128).max(32_768).default(128),
  timeout: z.number().int().min(1).max(900).default(3),
  architectures: z.tuple([z.enum(["x86_64", "arm64"])]).default(["x86_64"]),
  environment: z.strictObject({ variables: z.record(z.string(), z.string()).optional() }).optional(),
  ephemeralStorage: z.strictObject({ size: z.number().int().min(512).max(10_240).default(512) }).optional(),
  loggingConfig: z
    .strictObject({
      logFormat: z.enum(["Text", "JSON"]),
      logGroup: z.string().min(1).max(512).optional(),
      applicationLogLevel: z.enum(["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"]).optional(),
      systemLogLevel: z.enum(["DEBUG", "INFO", "WARN"]).optional(),
    })
    .optional(),
  tracingConfig: z.strictObject({ mode: z.enum(["Active", "PassThrough"]) }).optional(),
  packageType: z.enum(["Zip"], { error: `must be Zip: ${images}` }).default("Zip"),
  publish: z
    .literal(false, { error: "must be false: the local cloud has no versions of a function, only $LATEST" })
    .default(false),
  reservedConcurrentExecutions: z.number().int().min(-1).default(-1),
  skipDestroy: z.literal(false, { error: "must be false: the local cloud keeps nothing when it ends" }).default(false),
  sourceCodeHash: z.string().optional(),
  tags: z.record(z.string(), z.string()).optional(),
  useResourceTimeoutForPropagation: z.boolean().optional(),
  vpcConfig: refused("its functions run on this machine, in no network of AWS; check it on AWS"),
  deadLetterConfig: refused(
    "a dead-letter queue serves asynchronous invocations only, which it does not have; a stream's mapping needs an on-failure destination",
  ),
  layers: refused("bundle what the function needs into its code"),
  imageUri: refused(images),
  imageConfig: refused(images),
  s3Bucket: refused("give the code as an archive"),
  s3Key: refused("give the code as an archive"),
  s3ObjectVersion: refused("give the code as an archive"),
  fileSystemConfig: refused("its functions have no file systems"),
  snapStart: refused("environments start cold"),
  kmsKeyArn: refused("environment variables are not encrypted in memory"),
});

type FunctionInputs = z.infer<typeof functionInputs>;

function isArchive(value: unknown): boolean {
  const asset = value as Partial<ResolvedAsset> | undefined;
  return asset?.kind === "archive" && typeof asset.read === "function";
}

function settingsOf(inputs: FunctionInputs, context: ResourceContext): FunctionSettings {
  const logging = inputs.loggingConfig;
  return {
    description: inputs.description,
    roleArn: inputs.role,
    runtime: inputs.runtime,
    handler: inputs.handler,
    memorySizeMb: inputs.memorySize,
    timeoutSeconds: inputs.timeout,
    variables: inputs.environment?.variables ?? {},
    architectures: inputs.architectures,
    ephemeralStorageMb: inputs.ephemeralStorage?.size ?? 512,
    logFormat: logging?.logFormat ?? "Text",
    logGroupName: logging?.logGroup ?? `/aws/lambda/${inputs.name}`,
    applicationLogLevel: logging?.applicationLogLevel ?? "INFO",
    systemLogLevel: logging?.systemLogLevel ?? "INFO",
    tracingMode: inputs.tracingConfig?.mode ?? "PassThrough",
    reservedConcurrentExecutions:
      inputs.reservedConcurrentExecutions < 0 ? undefined : inputs.reservedConcurrentExecutions,
    tags: tagsAll(inputs.tags, context),
  };
}

function outputsOf(lambda: LambdaFunction, inputs: Properties, context: ResourceContext): Properties {
  const { settings, code, arn } = lambda;
  const invokeArn = (target: string) =>
    `arn:${context.partition}:apigateway:${lambda.region}:lambda:path/2015-03-31/functions/${target}/invocations`;
  return {
    ...inputs,
    arn,
    region: lambda.region,
    invokeArn: invokeArn(arn),
    responseStreamingInvokeArn: invokeArn(arn)
      .replace("2015-03-31", "2021-11-15")
      .replace("/invocations", "/response-streaming-invocations"),
    qualifiedArn: `${arn}:$LATEST`,
    qualifiedInvokeArn: invokeArn(`${arn}:$LATEST`),
    version: "$LATEST",
    lastModified: isoTime(lambda.lastModified),
    codeSha256: code.codeSha256,
    sourceCodeHash: inputs["sourceCodeHash"] ?? code.codeSha256,
    sourceCodeSize: code.sizeBytes,
    signingJobArn: "",
    signingProfileVersionArn: "",
    ephemeralStorage: { size: settings.ephemeralStorageMb },
    loggingConfig: {
      logFormat: settings.logFormat,
      logGroup: settings.logGroupName,
      ...(settings.logFormat === "JSON"
        ? { applicationLogLevel: settings.applicationLogLevel, systemLogLevel: settings.systemLogLevel }
        : {}),
    },
    tracingConfig: { mode: settings.tracingMode },
    tagsAll: settings.tags,
  };
}

function arnOf(name: string, { accountId, region, partition }: ResourceContext): string {
  return functionArn({ accountId, region, name }, partition);
}

/** As CreateFunction does it for active tracing. */
function requireTracing(inputs: FunctionInputs, context: ResourceContext): void {
  if (inputs.tracingConfig?.mode !== "Active") return;
  const { cloud, accountId, region } = context;
  const session = assumeFunctionRole(cloud, {
    roleArn: inputs.role,
    sessionName: "creation",
    sourceArn: arnOf(inputs.name, context),
    durationSeconds: 900,
  });
  const caller = { cloud, principal: session.principal, accountId, region, note: () => undefined };
  if (evaluate(caller, { action: "xray:PutTraceSegments", resource: "*" }).isAllowed) return;
  throw new AwsError(
    "InvalidParameterValueException",
    "The provided execution role does not have permissions to call PutTraceSegments on XRAY",
  );
}

function requireFunction(id: string, context: ResourceContext): LambdaFunction {
  const lambda = context.cloud.services.lambda.findFunction(arnOf(id, context));
  if (lambda) return lambda;
  throw new AwsError(
    "ResourceNotFoundException",
    `The function ${id} is not in the local cloud, which keeps nothing when it ends; run \`pulumi up --refresh\` to build it again.`,
    404,
  );
}

/** `aws.lambda.Function`; its id is its name. */
export const functionType = defineResourceType<FunctionInputs>({
  token: "aws:lambda/function:Function",
  inputs: functionInputs,
  autoName: { property: "name", maxLength: 64 },
  replaceOn: ["name", "packageType"],
  check(inputs) {
    const failures: { property: string; reason: string }[] = [];
    const variables = inputs.environment?.variables ?? {};
    const reserved = Object.keys(variables).filter((name) => (RESERVED_VARIABLES as readonly string[]).includes(name));
    if (reserved.length > 0) {
      const reason = `Lambda sets these itself: ${reserved.join(", ")}`;
      failures.push({ property: "environment.variables", reason });
    }
    const misnamed = Object.keys(variables).filter((name) => !/^[a-zA-Z]\w+$/.test(name) && !reserved.includes(name));
    if (misnamed.length > 0) {
      const reason = `names begin with a letter and have letters, digits and _ only, at least two characters: ${misnamed.join(", ")}`;
      failures.push({ property: "environment.variables", reason });
    }
    const bytes = Buffer.byteLength(JSON.stringify(variables));
    if (bytes > MAX_ENVIRONMENT_BYTES) {
      const reason = `environment variables take ${bytes} bytes as JSON; ${MAX_ENVIRONMENT_BYTES} are allowed`;
      failures.push({ property: "environment.variables", reason });
    }
    const { logFormat, applicationLogLevel, systemLogLevel } = inputs.loggingConfig ?? { logFormat: "Text" };
    if (logFormat === "Text" && (applicationLogLevel ?? systemLogLevel) !== undefined) {
      failures.push({ property: "loggingConfig", reason: "log levels need logFormat JSON" });
    }
    return failures;
  },
  async create(inputs, context) {
    const settings = settingsOf(inputs, context);
    const { lambda: service } = context.cloud.services;
    const lambda = await service.createFunction({
      arn: arnOf(inputs.name, context),
      settings,
      files: await inputs.code.read(),
      verify: () => requireTracing(inputs, context),
    });
    return { id: lambda.name, outputs: outputsOf(lambda, inputs, context) };
  },
  read(id, state, context) {
    const lambda = context.cloud.services.lambda.findFunction(arnOf(id, context));
    return lambda && outputsOf(lambda, state, context);
  },
  async update(id, inputs, _olds, context) {
    const lambda = requireFunction(id, context);
    const files = await inputs.code.read();
    await context.cloud.services.lambda.updateFunction(lambda, settingsOf(inputs, context), files);
    return outputsOf(lambda, inputs, context);
  },
  async delete(id, _state, context) {
    await context.cloud.services.lambda.deleteFunction(arnOf(id, context));
  },
});
