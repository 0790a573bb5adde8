import {
  CALL_FAULTS,
  type ErrorFault,
  type ErrorWords,
  FaultKind,
  type PartialFailure,
  type ServiceFaults,
} from "../../kernel/fault-port.ts";

type Writes = Readonly<Record<string, readonly unknown[]>>;

interface BatchWrite {
  readonly RequestItems: Writes;
}

/** The errors of the API references of DynamoDB and DynamoDB Streams. */
const errors: Readonly<Partial<Record<ErrorFault, ErrorWords>>> = {
  throttle: { code: "ThrottlingException", message: "Rate of requests exceeds the allowed throughput.", status: 400 },
  error: { code: "InternalServerError", message: "Internal server error", status: 500 },
};

/** BatchWriteItem returns failed writes in `UnprocessedItems`. */
const partialBatch: PartialFailure = {
  identities: (params) =>
    Object.values((params as BatchWrite).RequestItems).flatMap((writes) =>
      writes.map((write) => {
        const { PutRequest } = write as { PutRequest?: { Item: Record<string, unknown> } };
        return JSON.stringify(PutRequest?.Item["event"] ?? write);
      }),
    ),
  async run(params, failed, run) {
    const { RequestItems, ...rest } = params as BatchWrite;
    let position = 0;
    const kept: Record<string, unknown[]> = {};
    const unprocessed: Record<string, unknown[]> = {};
    for (const [table, writes] of Object.entries(RequestItems)) {
      for (const write of writes) {
        const side = failed.has(position++) ? unprocessed : kept;
        side[table] = [...(side[table] ?? []), write];
      }
    }
    const answer =
      Object.keys(kept).length === 0
        ? { UnprocessedItems: {} }
        : ((await run({ ...rest, RequestItems: kept })) as { UnprocessedItems?: Writes });
    const merged: Record<string, readonly unknown[]> = { ...answer.UnprocessedItems };
    for (const [table, writes] of Object.entries(unprocessed)) merged[table] = [...(merged[table] ?? []), ...writes];
    return { ...answer, UnprocessedItems: merged };
  },
};

/** Sessions can expire in calls to DynamoDB: the replicator is the only client that renews its session. */
const kinds: readonly FaultKind[] = [...CALL_FAULTS, FaultKind.Expire];

/** The faults of DynamoDB. */
export const faults: ServiceFaults = {
  operations: {
    BatchWriteItem: { kinds, partial: partialBatch },
    PutItem: { kinds },
    GetItem: { kinds },
    Query: { kinds },
    Scan: { kinds },
  },
  errors,
};

/** The faults of DynamoDB Streams. */
export const streamFaults: ServiceFaults = {
  operations: { GetRecords: {}, GetShardIterator: {}, DescribeStream: {} },
  errors,
};
