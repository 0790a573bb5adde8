import { partialRecords } from "../../faults/partial.ts";
import type { ServiceFaults } from "../../kernel/fault-port.ts";

/** The faults of Kinesis, with the errors of its API reference. */
export const faults: ServiceFaults = {
  operations: {
    PutRecord: { identity: (params) => (params as { Data: string }).Data },
    PutRecords: {
      partial: partialRecords({
        answers: "Records",
        failure: { ErrorCode: "InternalFailure", ErrorMessage: "Internal Service Failure" },
        identity: (data) => data,
        answer: (Records, FailedRecordCount) => ({ FailedRecordCount, Records }),
      }),
    },
    GetRecords: {},
    GetShardIterator: {},
    ListShards: {},
  },
  errors: {
    throttle: { code: "ProvisionedThroughputExceededException", message: "Rate exceeded for shard.", status: 400 },
    error: { code: "InternalFailure", message: "Internal service failure.", status: 500 },
  },
};
