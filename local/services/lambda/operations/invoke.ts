import { AwsError, NotSupportedError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import type { Inputs } from "../../../wire/models/lambda.ts";
import type { FunctionAddress } from "../function-address.ts";
import type { LambdaStore } from "../store.ts";

/** The output of Invoke. */
export interface InvokeOutput {
  readonly StatusCode: number;
  readonly ExecutedVersion?: string;
  readonly FunctionError?: string;
  /** Base64. */
  readonly LogResult?: string;
  /** JSON text. */
  readonly Payload: string;
}

/** Invocations by API calls. */
export function invokeOperations(store: LambdaStore): Readonly<Record<string, Operation>> {
  return defineOperations<Inputs>({
    Invoke: {
      authorize: (params, call) => [store.authorize("InvokeFunction", addressOf(store, params, call))],
      run: async (params, call): Promise<InvokeOutput> => {
        const fn = store.requireFunction(addressOf(store, params, call));
        if (params.InvocationType === "Event") {
          throw new NotSupportedError("the invocation type Event of Lambda", "RequestResponse, DryRun");
        }
        if (params.InvocationType === "DryRun") return { StatusCode: 204, Payload: "" };
        const clientContext = decodeClientContext(params.ClientContext);
        const payload = requireJson(params.Payload || "{}");
        const result = await fn.invoke(payload, { requestId: call.requestId, clientContext });
        call.note({ function: fn.name, ...(result.functionError ? { functionError: result.functionError } : {}) });
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

/** The function that a call addresses. */
export function addressOf(
  store: LambdaStore,
  params: { readonly FunctionName: string; readonly Qualifier?: string | undefined },
  call: Call,
): FunctionAddress {
  return store.address(params.FunctionName, call, params.Qualifier);
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
