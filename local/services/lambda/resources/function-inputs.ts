import { z } from "zod";
import { refused } from "../../../resource-types/refused.ts";
import type { ResolvedAsset } from "../../../resource-types/resource-type.ts";
import { functionFields, logLevelProblem, variableProblems } from "../function-fields.ts";
import type { FunctionSettings } from "../function-settings.ts";

const images = "it runs deployment packages of runtimes for Node.js only";

/** One failure per sentence. */
const tell = (context: z.core.$RefinementCtx, reasons: readonly (string | undefined)[]): void => {
  for (const message of reasons) if (message !== undefined) context.addIssue({ code: "custom", message });
};

/** The arguments of `aws.lambda.Function`. */
export const functionInputs = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9-_]{1,64}$/, "must be 1 to 64 letters, digits, - or _"),
  code: z.custom<ResolvedAsset>(isArchive, "must be an archive (AssetArchive or FileArchive)"),
  role: functionFields.role,
  handler: functionFields.handler,
  runtime: functionFields.runtime,
  description: functionFields.description.default(""),
  memorySize: functionFields.memorySizeMb.default(128),
  timeout: functionFields.timeoutSeconds.default(3),
  architectures: functionFields.architectures.optional(),
  environment: z
    .strictObject({
      variables: functionFields.variables
        .superRefine((variables, context) => tell(context, variableProblems(variables)))
        .optional(),
    })
    .optional(),
  ephemeralStorage: z.strictObject({ size: functionFields.ephemeralStorageMb.optional() }).optional(),
  loggingConfig: z
    .strictObject({
      logFormat: functionFields.logFormat,
      logGroup: functionFields.logGroupName.optional(),
      applicationLogLevel: functionFields.applicationLogLevel.optional(),
      systemLogLevel: functionFields.systemLogLevel.optional(),
    })
    .superRefine((logging, context) => tell(context, [logLevelProblem(logging)]))
    .optional(),
  tracingConfig: z.strictObject({ mode: functionFields.tracingMode }).optional(),
  packageType: z.enum(["Zip"], { error: `must be Zip: ${images}` }).default("Zip"),
  publish: z
    .literal(false, { error: "must be false: the local cloud has no versions of a function, only $LATEST" })
    .default(false),
  reservedConcurrentExecutions: z.number().int().min(-1).default(-1),
  skipDestroy: z.literal(false, { error: "must be false: the local cloud keeps nothing when it ends" }).default(false),
  sourceCodeHash: z.string().optional(),
  /** Hash of the deployed code; another hash deploys it again. */
  codeSha256: z.string().optional(),
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

/** See functionInputs. */
export type FunctionInputs = z.infer<typeof functionInputs>;

/**
 * A function's settings as the program wants them.
 * @param now what the function has: stays, where the program says nothing and AWS decides. Undefined for a new one.
 */
export function settingsOf(inputs: FunctionInputs, now: FunctionSettings | undefined): FunctionSettings {
  const logging = inputs.loggingConfig;
  const logFormat = logging?.logFormat ?? now?.logFormat ?? "Text";
  // Levels belong to JSON: with the other format they are gone, and begin anew.
  const levels = now?.logFormat === logFormat ? now : undefined;
  return {
    description: inputs.description,
    roleArn: inputs.role,
    runtime: inputs.runtime,
    handler: inputs.handler,
    memorySizeMb: inputs.memorySize,
    timeoutSeconds: inputs.timeout,
    variables: inputs.environment?.variables ?? {},
    architectures: inputs.architectures ?? now?.architectures ?? ["x86_64"],
    ephemeralStorageMb: inputs.ephemeralStorage?.size ?? now?.ephemeralStorageMb ?? 512,
    logFormat,
    logGroupName: logging?.logGroup ?? now?.logGroupName ?? `/aws/lambda/${inputs.name}`,
    applicationLogLevel: logging?.applicationLogLevel ?? levels?.applicationLogLevel ?? "INFO",
    systemLogLevel: logging?.systemLogLevel ?? levels?.systemLogLevel ?? "INFO",
    tracingMode: inputs.tracingConfig?.mode ?? now?.tracingMode ?? "PassThrough",
  };
}

/** Undefined: no reservation. */
export function reservationOf({ reservedConcurrentExecutions: count }: FunctionInputs): number | undefined {
  return count < 0 ? undefined : count;
}

function isArchive(value: unknown): boolean {
  const asset = value as Partial<ResolvedAsset> | undefined;
  return asset?.kind === "archive" && typeof asset.read === "function";
}
