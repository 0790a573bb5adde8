import type { AwsError } from "../../kernel/errors.ts";
import type { Dialect, Violation } from "../../wire/dialect.ts";
import { modelWire } from "../../wire/model-wire.ts";
import type {
  ChangeMessageVisibilityBatchRequest,
  ChangeMessageVisibilityBatchRequestEntry,
  Inputs,
} from "../../wire/models/sqs.ts";
import { invalidParameter, invalidValue, missingParameter } from "./errors.ts";
import { sqsProtocol } from "./protocol.ts";
import { NUMBERS } from "./ranges.ts";

/** A member's shape, of this module's own. */
const number = (name: keyof typeof NUMBERS) => ({ [name]: { shape: `${name}Number` } });

/**
 * The ranges, which the model does not have; names of attributes, which SQS checks by itself; and what only a newer
 * batch may leave out.
 */
const corrections = {
  ...Object.fromEntries(
    Object.entries(NUMBERS).map(([name, { min, max }]) => [`${name}Number`, { type: "integer" as const, min, max }]),
  ),
  // The numbers of a batch's entries are checked one by one: each is its entry's own error.
  ChangeMessageVisibilityBatchRequestEntry: { required: ["Id", "ReceiptHandle", "VisibilityTimeout"] },
  ChangeMessageVisibilityRequest: { members: number("VisibilityTimeout") },
  ListQueuesRequest: { members: number("MaxResults") },
  MessageSystemAttributeName: { enum: undefined },
  QueueAttributeName: { enum: undefined },
  ReceiveMessageRequest: {
    members: { ...number("MaxNumberOfMessages"), ...number("VisibilityTimeout"), ...number("WaitTimeSeconds") },
  },
  SendMessageRequest: { members: number("DelaySeconds") },
};

/** SQS says one thing at a time, in words of its own (recorded on AWS, 08-2025). */
const dialect: Dialect = { refusal: ([first]) => first && refusal(first) };

function refusal({ path, value, constraint, rule }: Violation): AwsError {
  const parameter = path.filter((part) => part !== "member").join(".");
  if (constraint === "required") return missingParameter(parameter);
  const reason = NUMBERS[String(path.at(-1)) as keyof typeof NUMBERS]?.reason;
  return reason === undefined
    ? invalidParameter(`Value for parameter ${parameter} is invalid. Reason: ${rule}.`)
    : invalidValue(String(value), parameter, reason);
}

/** JSON 1.0, with what errors were called in the older protocol. Queues are standard queues. */
export const wire = modelWire("sqs", {
  protocol: sqsProtocol,
  corrections,
  dialect,
  unsupported: [
    "*.BinaryListValues",
    "*.MessageDeduplicationId",
    "*.MessageGroupId",
    "*.MessageSystemAttributes",
    "*.ReceiveRequestAttemptId",
    "*.StringListValues",
  ],
});

/** What the operations take, with the corrections. */
export interface SqsInputs extends Omit<Inputs, "ChangeMessageVisibilityBatch"> {
  readonly ChangeMessageVisibilityBatch: Omit<ChangeMessageVisibilityBatchRequest, "Entries"> & {
    readonly Entries: readonly (ChangeMessageVisibilityBatchRequestEntry & { readonly VisibilityTimeout: number })[];
  };
}
