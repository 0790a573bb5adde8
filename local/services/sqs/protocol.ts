import type { WireProtocol } from "../../service.ts";
import { jsonProtocol } from "../json-protocol.ts";

const json = jsonProtocol("1.0", "AmazonSQS");

/** What errors were called in SQS' older protocol, which clients still go by; the others have kept their names. */
const queryCodes: Readonly<Record<string, string>> = {
  BatchEntryIdsNotDistinct: "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
  BatchRequestTooLong: "AWS.SimpleQueueService.BatchRequestTooLong",
  EmptyBatchRequest: "AWS.SimpleQueueService.EmptyBatchRequest",
  InvalidBatchEntryId: "AWS.SimpleQueueService.InvalidBatchEntryId",
  MessageNotInflight: "AWS.SimpleQueueService.MessageNotInflight",
  PurgeQueueInProgress: "AWS.SimpleQueueService.PurgeQueueInProgress",
  QueueDoesNotExist: "AWS.SimpleQueueService.NonExistentQueue",
  TooManyEntriesInBatchRequest: "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
};

/** AWS JSON 1.0 whose errors also carry the name that they have in the query protocol ("Interpreting Amazon SQS JSON API responses"). */
export const sqsProtocol: WireProtocol = {
  ...json,
  encodeError(error, requestId, request) {
    const { code, message, status, details } = error;
    const named = { code: `com.amazonaws.sqs#${code}`, message, status, details };
    const response = json.encodeError(named, requestId, request);
    const fault = status >= 500 ? "Receiver" : "Sender";
    return {
      ...response,
      headers: {
        ...response.headers,
        "x-amzn-errortype": code,
        "x-amzn-query-error": `${queryCodes[code] ?? code};${fault}`,
      },
    };
  },
};
