import type { WireProtocol } from "../../kernel/service.ts";
import { jsonProtocol } from "../../wire/json.ts";

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

/** What errors are called in the body where that is not their code. */
const bodyTypes: Readonly<Record<string, string>> = {
  InvalidParameterValue: "InvalidParameterValueException",
  MissingParameter: "MissingRequiredParameterException",
};

/**
 * AWS JSON 1.0 whose errors also carry the name that they have in the query protocol ("Interpreting Amazon SQS JSON API
 * responses").
 */
export const sqsProtocol: WireProtocol = {
  ...json,
  encodeError(error, requestId, request) {
    const { code, message, status, details } = error;
    const type = bodyTypes[code] ?? code;
    const named = { code: `com.amazonaws.sqs#${type}`, message, status, details };
    const response = json.encodeError(named, requestId, request);
    const fault = status >= 500 ? "Receiver" : "Sender";
    return {
      ...response,
      headers: {
        ...response.headers,
        "x-amzn-errortype": type,
        "x-amzn-query-error": `${queryCodes[code] ?? code};${fault}`,
      },
    };
  },
};
