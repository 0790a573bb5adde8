import { FaultKind, type ServiceFaults } from "../../kernel/fault-port.ts";

/** Of an event: what carries its payload, by the stream that it comes from. */
interface StreamRecord {
  readonly kinesis?: { readonly data: string };
  readonly dynamodb?: { readonly NewImage?: Readonly<Record<string, unknown>>; readonly Keys?: unknown };
}

/** Invocations and checkpoints are known by the first record that they carry. */
function firstRecord(params: unknown): string | undefined {
  const { FirstRecord } = params as { FirstRecord?: string };
  if (FirstRecord === undefined) return undefined;
  const { kinesis, dynamodb } = JSON.parse(FirstRecord) as StreamRecord;
  return kinesis?.data ?? JSON.stringify(dynamodb?.NewImage?.["event"] ?? dynamodb?.Keys);
}

const NO_CONNECTION = "it is no connection of a client: use crash-before or crash-after";

/**
 * What may go wrong when Lambda invokes a function for an event source mapping, and between that and the mapping's
 * checkpoint.
 */
export const faults: ServiceFaults = {
  operations: {
    Invoke: {
      kinds: [
        FaultKind.Throttle,
        FaultKind.Error,
        FaultKind.Latency,
        FaultKind.CrashBefore,
        FaultKind.CrashIn,
        FaultKind.CrashAfter,
        FaultKind.Timeout,
      ],
      identity: firstRecord,
    },
    Checkpoint: { kinds: [FaultKind.Lost], identity: firstRecord },
  },
  errors: {
    throttle: { code: "TooManyRequestsException", message: "Rate Exceeded.", status: 429 },
    error: { code: "ServiceException", message: "An error occurred. Please retry.", status: 500 },
  },
  hints: { "reset-before": NO_CONNECTION, "reset-after": NO_CONNECTION },
};
