import { partialRecords } from "../../faults/partial.ts";
import type { ServiceFaults } from "../../kernel/fault-port.ts";

/** What may go wrong with Amazon Data Firehose, in the words of its API reference. */
export const faults: ServiceFaults = {
  operations: {
    PutRecordBatch: {
      partial: partialRecords({
        answers: "RequestResponses",
        failure: { ErrorCode: "ServiceUnavailableException", ErrorMessage: "Slow down." },
        identity: archivedEvent,
        answer: (RequestResponses, FailedPutCount) => ({ FailedPutCount, Encrypted: false, RequestResponses }),
      }),
    },
    PutRecord: {},
  },
  errors: { throttle: { code: "ServiceUnavailableException", message: "Slow down.", status: 503 } },
};

/** The event in the first line of a record: the line's ids and times differ from run to run. @param data base64. */
function archivedEvent(data: string): string {
  const text = Buffer.from(data, "base64").toString("utf8");
  const line = text.slice(0, text.indexOf("\n") + 1 || undefined);
  const at = line.indexOf('"event":');
  return at < 0 ? line : line.slice(at);
}
