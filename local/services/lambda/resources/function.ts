import { isDeepStrictEqual } from "node:util";
import { define } from "../../../resource-types/define.ts";
import type { Properties, ResourceContext } from "../../../resource-types/resource-type.ts";
import { isRecord } from "../../../resource-types/wire-values.ts";
import { describeLogging, isoTime } from "../describe.ts";
import type { LambdaFunction } from "../function.ts";
import { functionArn } from "../function-address.ts";
import type { FunctionSettings } from "../function-settings.ts";
import type { LambdaStore } from "../store.ts";
import { type FunctionInputs, functionInputs, reservationOf, settingsOf } from "./function-inputs.ts";

/** What makes UpdateFunctionConfiguration run, and what UpdateFunctionCode. */
const configuration = [
  ...["role", "handler", "runtime", "description", "memorySize", "timeout", "architectures", "environment"],
  ...["ephemeralStorage", "loggingConfig", "tracingConfig"],
];
const code = ["code", "sourceCodeHash", "codeSha256"];

function outputsOf(fn: LambdaFunction, state: Properties, context: ResourceContext<LambdaStore>): Properties {
  const { settings, arn } = fn;
  const invokeArn = (target: string) =>
    `arn:${context.partition}:apigateway:${fn.region}:lambda:path/2015-03-31/functions/${target}/invocations`;
  return {
    // What no service knows.
    code: state["code"],
    sourceCodeHash: state["sourceCodeHash"] ?? "",
    useResourceTimeoutForPropagation: state["useResourceTimeoutForPropagation"],
    skipDestroy: false,
    publish: false,
    name: fn.name,
    arn,
    role: settings.roleArn,
    handler: settings.handler,
    runtime: settings.runtime,
    description: settings.description,
    memorySize: settings.memorySizeMb,
    timeout: settings.timeoutSeconds,
    architectures: settings.architectures,
    environment: environmentOf(settings.variables, state),
    ephemeralStorage: { size: settings.ephemeralStorageMb },
    loggingConfig: loggingOf(settings),
    tracingConfig: { mode: settings.tracingMode },
    packageType: "Zip",
    reservedConcurrentExecutions: fn.reservedConcurrentExecutions ?? -1,
    invokeArn: invokeArn(arn),
    responseStreamingInvokeArn: invokeArn(arn)
      .replace("2015-03-31", "2021-11-15")
      .replace("/invocations", "/response-streaming-invocations"),
    qualifiedArn: `${arn}:$LATEST`,
    qualifiedInvokeArn: invokeArn(`${arn}:$LATEST`),
    version: "$LATEST",
    lastModified: isoTime(fn.lastModified),
    codeSha256: fn.code.codeSha256,
    sourceCodeSize: fn.code.sizeBytes,
    signingJobArn: "",
    signingProfileVersionArn: "",
    tags: fn.tags,
  };
}

function loggingOf(settings: FunctionSettings): Properties {
  const { LogFormat: logFormat, LogGroup: logGroup, ApplicationLogLevel, SystemLogLevel } = describeLogging(settings);
  if (ApplicationLogLevel === undefined) return { logFormat, logGroup };
  return { logFormat, logGroup, applicationLogLevel: ApplicationLogLevel, systemLogLevel: SystemLogLevel };
}

/** No variables are no environment; a program may say so with an empty one. */
function environmentOf(variables: Readonly<Record<string, string>>, state: Properties): unknown {
  if (Object.keys(variables).length > 0) return { variables };
  return isEmptyEnvironment(state["environment"]) ? state["environment"] : undefined;
}

function isEmptyEnvironment(environment: unknown): boolean {
  if (!isRecord(environment)) return false;
  const variables = environment["variables"];
  return variables === undefined || (isRecord(variables) && Object.keys(variables).length === 0);
}

/** What an asset or an archive is compared by: a hash. */
function hashOf(archive: unknown): unknown {
  return (archive as { hash?: unknown } | undefined)?.hash;
}

function arnOf(name: string, { accountId, region }: ResourceContext): string {
  return functionArn({ accountId, region, name });
}

/** `aws.lambda.Function`; its id is its name. */
export const functionType = define<FunctionInputs, LambdaStore>({
  token: "aws:lambda/function:Function",
  inputs: functionInputs,
  autoName: { property: "name", maxLength: 64 },
  replaceOn: ["name", "packageType"],
  computed: [
    ...["arn", "invokeArn", "lastModified", "qualifiedArn", "qualifiedInvokeArn", "responseStreamingInvokeArn"],
    ...["signingJobArn", "signingProfileVersionArn", "sourceCodeSize", "version"],
  ],
  optionalComputed: [
    ...["architectures", "codeSha256", "ephemeralStorage", "ephemeralStorage.size", "sourceCodeHash", "tracingConfig"],
    ...["loggingConfig", "loggingConfig.logGroup"],
    ...["loggingConfig.applicationLogLevel", "loggingConfig.systemLogLevel"],
  ],
  recomputed: { lastModified: [...configuration, ...code], codeSha256: ["code"], sourceCodeSize: ["code"] },
  canonical: { environment: (value) => (isEmptyEnvironment(value) ? undefined : value) },
  async make(inputs, context) {
    const fn = await context.store.addFunction({
      arn: arnOf(inputs.name, context),
      settings: settingsOf(inputs, undefined),
      files: await inputs.code.read(),
      reservedConcurrentExecutions: reservationOf(inputs),
      tags: inputs.tags ?? {},
    });
    return fn.name;
  },
  find(id, state, context) {
    const fn = context.store.findFunction(arnOf(id, context));
    return fn && outputsOf(fn, state, context);
  },
  async change(id, inputs, context, olds) {
    const { store } = context;
    const fn = store.requireFunction(store.address(id, context));
    const settings = settingsOf(inputs, fn.settings);
    const isNewCode =
      hashOf(olds["code"]) !== inputs.code.hash ||
      (inputs.sourceCodeHash ?? olds["sourceCodeHash"]) !== olds["sourceCodeHash"] ||
      (inputs.codeSha256 ?? fn.code.codeSha256) !== fn.code.codeSha256;
    await store.changeFunction(fn, {
      settings: isDeepStrictEqual(settings, fn.settings) ? undefined : settings,
      files: isNewCode ? await inputs.code.read() : undefined,
    });
    store.reserveConcurrency(fn, reservationOf(inputs));
    fn.tags = inputs.tags ?? {};
  },
  async remove(id, context) {
    await context.store.removeFunction(arnOf(id, context));
  },
});
