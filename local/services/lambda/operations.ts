import { AwsError, NotSupportedError } from "../../errors.ts";
import { type Call, defineOperation, type Operation } from "../../service.ts";
import { describeFunction, describeMapping } from "./describe.ts";
import { functionArn, mappingArn } from "./function-address.ts";
import type { EventSourceMapping } from "./mappings/mapping.ts";
import type { InvokeOutput } from "./protocol.ts";
import { inputs } from "./schema.ts";
import type { LambdaService } from "./service.ts";

const DEFAULT_PAGE = 50;

interface FunctionParams {
  readonly FunctionName: string;
  readonly Qualifier?: string | undefined;
}

/** What callers can ask of Lambda; functions and mappings are made by their resource types. */
export function lambdaOperations(service: LambdaService): Readonly<Record<string, Operation>> {
  const addressOf = (params: FunctionParams, call: Call) =>
    service.address(params.FunctionName, call, params.Qualifier);
  const onFunction =
    (action: string) =>
    <P extends FunctionParams>(params: P, call: Call) => [{ action, resource: functionArn(addressOf(params, call)) }];
  const onMapping =
    (action: string) =>
    <P extends { UUID: string }>(params: P, call: Call) => [{ action, resource: mappingArn(params.UUID, call) }];

  return {
    Invoke: defineOperation({
      input: inputs.Invoke,
      authorize: onFunction("lambda:InvokeFunction"),
      run: async (params, call): Promise<InvokeOutput> => {
        const lambda = service.requireFunction(addressOf(params, call));
        if (params.InvocationType === "Event") {
          throw new NotSupportedError("the invocation type Event of Lambda", "RequestResponse, DryRun");
        }
        if (params.InvocationType === "DryRun") return { StatusCode: 204, Payload: "" };
        const clientContext = decodeClientContext(params.ClientContext);
        const payload = requireJson(params.Payload === "" ? "{}" : params.Payload);
        const result = await lambda.invoke(payload, { requestId: call.requestId, clientContext });
        call.note({ function: lambda.name, ...(result.functionError ? { functionError: result.functionError } : {}) });
        return {
          StatusCode: 200,
          ExecutedVersion: "$LATEST",
          Payload: result.payload,
          ...(result.functionError ? { FunctionError: result.functionError } : {}),
          ...(params.LogType === "Tail" ? { LogResult: Buffer.from(result.logTail).toString("base64") } : {}),
        };
      },
    }),

    GetFunction: defineOperation({
      input: inputs.GetFunction,
      authorize: onFunction("lambda:GetFunction"),
      run: (params, call) => {
        const lambda = service.requireFunction(addressOf(params, call));
        const { reservedConcurrentExecutions, tags } = lambda.settings;
        return {
          Configuration: describeFunction(lambda),
          Code: { RepositoryType: "LocalFolder", Location: `file://${lambda.code.taskRoot}` },
          Tags: tags,
          ...(reservedConcurrentExecutions === undefined
            ? {}
            : { Concurrency: { ReservedConcurrentExecutions: reservedConcurrentExecutions } }),
        };
      },
    }),

    GetFunctionConfiguration: defineOperation({
      input: inputs.GetFunction,
      authorize: onFunction("lambda:GetFunctionConfiguration"),
      run: (params, call) => describeFunction(service.requireFunction(addressOf(params, call))),
    }),

    ListFunctions: defineOperation({
      input: inputs.ListFunctions,
      authorize: () => [{ action: "lambda:ListFunctions", resource: "*" }],
      run: (params, call) => {
        const { items, NextMarker } = pageOf(service.functions(call), params, (lambda) => lambda.name);
        return { Functions: items.map(describeFunction), NextMarker };
      },
    }),

    ListEventSourceMappings: defineOperation({
      input: inputs.ListEventSourceMappings,
      authorize: () => [{ action: "lambda:ListEventSourceMappings", resource: "*" }],
      run: (params, call) => {
        const wanted = params.FunctionName && functionArn(service.address(params.FunctionName, call));
        const found = service
          .mappings()
          .filter((mapping) => mapping.accountId === call.accountId && mapping.region === call.region)
          .filter((mapping) => !wanted || mapping.settings.functionArn === wanted)
          .filter((mapping) => !params.EventSourceArn || mapping.settings.eventSourceArn === params.EventSourceArn);
        const { items, NextMarker } = pageOf(found, params, (mapping) => mapping.uuid);
        return { EventSourceMappings: items.map(describeMapping), NextMarker };
      },
    }),

    GetEventSourceMapping: defineOperation({
      input: inputs.GetEventSourceMapping,
      authorize: onMapping("lambda:GetEventSourceMapping"),
      run: (params, call) => describeMapping(requireMapping(service, params.UUID, call)),
    }),

    UpdateEventSourceMapping: defineOperation({
      input: inputs.UpdateEventSourceMapping,
      authorize: onMapping("lambda:UpdateEventSourceMapping"),
      run: async (params, call) => {
        const mapping = requireMapping(service, params.UUID, call);
        if (params.Enabled) await mapping.enable();
        else await mapping.disable("User action");
        return describeMapping(mapping);
      },
    }),
  };
}

function requireMapping(service: LambdaService, uuid: string, call: Call): EventSourceMapping {
  const mapping = service.findMapping(uuid);
  if (mapping && mapping.accountId === call.accountId && mapping.region === call.region) return mapping;
  throw new AwsError("ResourceNotFoundException", "The resource you requested does not exist.", 404);
}

function pageOf<T>(
  all: readonly T[],
  { Marker, MaxItems = DEFAULT_PAGE }: { Marker?: string; MaxItems?: number },
  keyOf: (item: T) => string,
): { items: readonly T[]; NextMarker: string | null } {
  const start = Marker === undefined ? 0 : all.findIndex((item) => keyOf(item) === Marker) + 1;
  const items = all.slice(start, start + MaxItems);
  const last = items.at(-1);
  return { items, NextMarker: last && start + MaxItems < all.length ? keyOf(last) : null };
}

function requireJson(payload: string): string {
  try {
    JSON.parse(payload);
    return payload;
  } catch (error) {
    const message = `Could not parse request body into json: ${(error as Error).message}`;
    throw new AwsError("InvalidRequestContentException", message);
  }
}

function decodeClientContext(base64: string | undefined): string | undefined {
  if (base64 === undefined) return undefined;
  try {
    const text = Buffer.from(base64, "base64").toString("utf8");
    JSON.parse(text);
    return text;
  } catch {
    throw new AwsError("InvalidRequestContentException", "Client context must be a valid Base64-encoded JSON object.");
  }
}
