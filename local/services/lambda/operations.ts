import { AwsError, NotSupportedError } from "../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../kernel/service.ts";
import type { Inputs } from "../../wire/models/lambda.ts";
import type { FunctionAddress } from "./function-address.ts";
import { functionOperations } from "./function-operations.ts";
import { mappingOperations } from "./mapping-operations.ts";
import { permissionOperations } from "./permission-operations.ts";
import type { LambdaService } from "./service.ts";
import { tagOperations } from "./tag-operations.ts";

/** What Invoke answers, before it is put on the wire. */
export interface InvokeOutput {
  readonly StatusCode: number;
  readonly ExecutedVersion?: string;
  readonly FunctionError?: string;
  /** Base64. */
  readonly LogResult?: string;
  /** JSON text. */
  readonly Payload: string;
}

/** What callers can ask of Lambda; functions and mappings are made by their resource types. */
export function lambdaOperations(service: LambdaService): Readonly<Record<string, Operation>> {
  return {
    ...functionOperations(service),
    ...mappingOperations(service),
    ...permissionOperations(service),
    ...tagOperations(service),
    ...invokeOperations(service),
  };
}

function invokeOperations(service: LambdaService): Readonly<Record<string, Operation>> {
  return defineOperations<Inputs>({
    Invoke: {
      authorize: (params, call) => [service.authorize("InvokeFunction", addressOf(service, params, call))],
      run: async (params, call): Promise<InvokeOutput> => {
        const lambda = service.requireFunction(addressOf(service, params, call));
        if (params.InvocationType === "Event") {
          throw new NotSupportedError("the invocation type Event of Lambda", "RequestResponse, DryRun");
        }
        if (params.InvocationType === "DryRun") return { StatusCode: 204, Payload: "" };
        const clientContext = decodeClientContext(params.ClientContext);
        const payload = requireJson(params.Payload || "{}");
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
    },
  });
}

/** Which function a call means. */
export function addressOf(
  service: LambdaService,
  params: { readonly FunctionName: string; readonly Qualifier?: string | undefined },
  call: Call,
): FunctionAddress {
  return service.address(params.FunctionName, call, params.Qualifier);
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
