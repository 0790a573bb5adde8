import { AwsError, NotSupportedError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import type { Inputs, UpdateFunctionConfigurationRequest } from "../../../wire/models/lambda.ts";
import { describeFunction } from "../describe.ts";
import { logLevelProblem, variableProblems } from "../function-fields.ts";
import type { FunctionSettings } from "../function-settings.ts";
import type { LambdaStore } from "../store.ts";
import { unzip } from "../zip.ts";
import { pageOf } from "./pages.ts";

interface FunctionParams {
  readonly FunctionName: string;
  readonly Qualifier?: string | undefined;
}

/** Functions: listing, describing, changing, deleting; their reserved concurrency. */
export function functionOperations(store: LambdaStore): Readonly<Record<string, Operation>> {
  const addressOf = (params: FunctionParams, call: Call) => store.address(params.FunctionName, call, params.Qualifier);
  const functionOf = (params: FunctionParams, call: Call) => store.requireFunction(addressOf(params, call));
  const onFunction =
    (action: string) =>
    <P extends FunctionParams>(params: P, call: Call) => [store.authorize(action, addressOf(params, call))];

  return defineOperations<Inputs>({
    GetFunction: {
      authorize: onFunction("GetFunction"),
      run: (params, call) => {
        const fn = functionOf(params, call);
        const { reservedConcurrentExecutions, tags } = fn;
        return {
          Configuration: describeFunction(fn),
          Code: { RepositoryType: "LocalFolder", Location: `file://${fn.code.taskRoot}` },
          Tags: tags,
          ...(reservedConcurrentExecutions === undefined
            ? {}
            : { Concurrency: { ReservedConcurrentExecutions: reservedConcurrentExecutions } }),
        };
      },
    },

    GetFunctionConfiguration: {
      authorize: onFunction("GetFunctionConfiguration"),
      run: (params, call) => describeFunction(functionOf(params, call)),
    },

    ListFunctions: {
      authorize: () => [{ action: "lambda:ListFunctions", resource: "*" }],
      run: (params, call) => {
        const { items, NextMarker } = pageOf(store.listFunctions(call), params, (fn) => fn.name);
        return { Functions: items.map(describeFunction), NextMarker };
      },
    },

    UpdateFunctionConfiguration: {
      authorize: onFunction("UpdateFunctionConfiguration"),
      run: async (params, call) => {
        const fn = functionOf(params, call);
        await store.changeFunction(fn, { settings: changeOf(params, fn.settings) });
        return describeFunction(fn);
      },
    },

    UpdateFunctionCode: {
      authorize: onFunction("UpdateFunctionCode"),
      run: async (params, call) => {
        const fn = functionOf(params, call);
        if (params.Publish) {
          throw new NotSupportedError("Publish of lambda:UpdateFunctionCode: a function has no versions", "$LATEST");
        }
        if (!params.ZipFile) throw invalid("Please provide a source for function code.");
        const files = await unzip(Buffer.from(params.ZipFile, "base64"));
        const { Architectures: architectures } = params;
        if (!params.DryRun) {
          await store.changeFunction(fn, { files, ...(architectures ? { settings: { architectures } } : {}) });
        }
        return describeFunction(fn);
      },
    },

    DeleteFunction: {
      authorize: onFunction("DeleteFunction"),
      run: async (params, call) => {
        if (params.Qualifier === "$LATEST") {
          throw invalid("$LATEST version cannot be deleted without deleting the function.");
        }
        await store.removeFunction(functionOf(params, call).arn);
        return { StatusCode: 204 };
      },
    },

    PutFunctionConcurrency: {
      authorize: onFunction("PutFunctionConcurrency"),
      run: (params, call) => {
        store.reserveConcurrency(functionOf(params, call), params.ReservedConcurrentExecutions);
        return { ReservedConcurrentExecutions: params.ReservedConcurrentExecutions };
      },
    },

    DeleteFunctionConcurrency: {
      authorize: onFunction("DeleteFunctionConcurrency"),
      run: (params, call) => store.reserveConcurrency(functionOf(params, call), undefined),
    },
  });
}

/** The settings that UpdateFunctionConfiguration changes; LoggingConfig is merged member by member. */
function changeOf(params: UpdateFunctionConfigurationRequest, now: FunctionSettings): Partial<FunctionSettings> {
  const { LogFormat, LogGroup, ApplicationLogLevel, SystemLogLevel } = params.LoggingConfig ?? {};
  const logFormat = LogFormat ?? now.logFormat;
  const variables = params.Environment && (params.Environment.Variables ?? {});
  const levels = { applicationLogLevel: ApplicationLogLevel, systemLogLevel: SystemLogLevel };
  const problems = [
    ...(variables === undefined ? [] : variableProblems(variables)),
    logLevelProblem({ logFormat, ...levels }),
  ].filter((problem) => problem !== undefined);
  if (problems.length > 0) throw invalid(problems.join("; "));
  return given({
    roleArn: params.Role,
    handler: params.Handler,
    runtime: params.Runtime,
    description: params.Description,
    timeoutSeconds: params.Timeout,
    memorySizeMb: params.MemorySize,
    variables,
    ephemeralStorageMb: params.EphemeralStorage?.Size,
    logFormat,
    logGroupName: LogGroup,
    // Log levels are for JSON only: another format resets them.
    ...(logFormat === now.logFormat ? {} : { applicationLogLevel: "INFO", systemLogLevel: "INFO" }),
    ...given(levels),
    tracingMode: params.TracingConfig?.Mode,
  });
}

/** Without undefined members. */
function given<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}
