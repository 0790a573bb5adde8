import { FaultKind, type ServiceFaults } from "../../kernel/fault-port.ts";

/** A record of an event: the payload of a Kinesis record, or the item of a table stream's record. */
interface StreamRecord {
  readonly kinesis?: { readonly data: string };
  readonly dynamodb?: { readonly NewImage?: Readonly<Record<string, unknown>>; readonly Keys?: unknown };
}

/** The first record identifies an invocation or a checkpoint. */
function firstRecord(params: unknown): string | undefined {
  const { FirstRecord } = params as { FirstRecord?: string };
  if (FirstRecord === undefined) return undefined;
  const { kinesis, dynamodb } = JSON.parse(FirstRecord) as StreamRecord;
  return kinesis?.data ?? JSON.stringify(dynamodb?.NewImage?.["event"] ?? dynamodb?.Keys);
}

const NO_CONNECTION = "it is no connection of a client: use crash-before or crash-after";

/** Faults of invocations by an event source mapping, and of its checkpoints. */
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
