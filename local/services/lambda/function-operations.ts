import { AwsError, NotSupportedError } from "../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../kernel/service.ts";
import type { Inputs, UpdateFunctionConfigurationRequest } from "../../wire/models/lambda.ts";
import { describeFunction } from "./describe.ts";
import { logLevelProblem, variableProblems } from "./function-fields.ts";
import type { FunctionSettings } from "./function-settings.ts";
import { pageOf } from "./pages.ts";
import type { LambdaService } from "./service.ts";
import { unzip } from "./zip.ts";

interface FunctionParams {
  readonly FunctionName: string;
  readonly Qualifier?: string | undefined;
}

/** How functions are found, changed and deleted over the wire. */
export function functionOperations(service: LambdaService): Readonly<Record<string, Operation>> {
  const addressOf = (params: FunctionParams, call: Call) =>
    service.address(params.FunctionName, call, params.Qualifier);
  const functionOf = (params: FunctionParams, call: Call) => service.requireFunction(addressOf(params, call));
  const onFunction =
    (action: string) =>
    <P extends FunctionParams>(params: P, call: Call) => [service.authorize(action, addressOf(params, call))];

  return defineOperations<Inputs>({
    GetFunction: {
      authorize: onFunction("GetFunction"),
      run: (params, call) => {
        const lambda = functionOf(params, call);
        const { reservedConcurrentExecutions, tags } = lambda;
        return {
          Configuration: describeFunction(lambda),
          Code: { RepositoryType: "LocalFolder", Location: `file://${lambda.code.taskRoot}` },
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
        const { items, NextMarker } = pageOf(service.functions(call), params, (lambda) => lambda.name);
        return { Functions: items.map(describeFunction), NextMarker };
      },
    },

    UpdateFunctionConfiguration: {
      authorize: onFunction("UpdateFunctionConfiguration"),
      run: async (params, call) => {
        const lambda = functionOf(params, call);
        await service.updateFunction(lambda, { settings: changeOf(params, lambda.settings) });
        return describeFunction(lambda);
      },
    },

    UpdateFunctionCode: {
      authorize: onFunction("UpdateFunctionCode"),
      run: async (params, call) => {
        const lambda = functionOf(params, call);
        if (params.Publish) {
          throw new NotSupportedError("Publish of lambda:UpdateFunctionCode: a function has no versions", "$LATEST");
        }
        if (!params.ZipFile) throw invalid("Please provide a source for function code.");
        const files = await unzip(Buffer.from(params.ZipFile, "base64"));
        const { Architectures: architectures } = params;
        if (!params.DryRun) {
          await service.updateFunction(lambda, { files, ...(architectures ? { settings: { architectures } } : {}) });
        }
        return describeFunction(lambda);
      },
    },

    DeleteFunction: {
      authorize: onFunction("DeleteFunction"),
      run: async (params, call) => {
        if (params.Qualifier === "$LATEST") {
          throw invalid("$LATEST version cannot be deleted without deleting the function.");
        }
        await service.deleteFunction(functionOf(params, call).arn);
        return { StatusCode: 204 };
      },
    },

    PutFunctionConcurrency: {
      authorize: onFunction("PutFunctionConcurrency"),
      run: (params, call) => {
        service.reserveConcurrency(functionOf(params, call), params.ReservedConcurrentExecutions);
        return { ReservedConcurrentExecutions: params.ReservedConcurrentExecutions };
      },
    },

    DeleteFunctionConcurrency: {
      authorize: onFunction("DeleteFunctionConcurrency"),
      run: (params, call) => service.reserveConcurrency(functionOf(params, call), undefined),
    },
  });
}

/** What UpdateFunctionConfiguration changes: what is given; of the logging, each part that is. */
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
    // Levels belong to JSON: with the other format they are gone, and begin anew.
    ...(logFormat === now.logFormat ? {} : { applicationLogLevel: "INFO", systemLogLevel: "INFO" }),
    ...given(levels),
    tracingMode: params.TracingConfig?.Mode,
  });
}

/** Without what is undefined. */
function given<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}
