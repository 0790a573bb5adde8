import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation, pausedFor } from "../../../kernel/service.ts";
import { runBatch } from "../batch.ts";
import { invalidParameter } from "../errors.ts";
import { MAX_BATCH_BYTES } from "../limits.ts";
import { checkMessage, md5OfAttributes, messageBytes, type SentMessage } from "../message.ts";
import type { Queue } from "../queue.ts";
import { checkEntryNumber } from "../ranges.ts";
import { checkSelection, describeMessage } from "../received-message.ts";
import type { SqsStore } from "../store.ts";
import type { SqsInputs } from "../wire.ts";

/** Sending, receiving, deleting and hiding messages. */
export function messageOperations(store: SqsStore): Readonly<Record<string, Operation>> {
  const { clock } = store.ports;
  return defineOperations<SqsInputs>({
    SendMessage: {
      authorize: (params, call) => store.authorizeSend(params, call),
      run({ QueueUrl, ...message }, call) {
        const queue = store.require({ QueueUrl }, call);
        const answer = send(queue, message, call);
        call.note({ queue: queue.name, messages: 1 });
        store.ports.signals.notify(queue.arn);
        return answer;
      },
    },
    SendMessageBatch: {
      authorize: (params, call) => store.authorizeSend(params, call),
      run(params, call) {
        const queue = store.require(params, call);
        const bytes = params.Entries.reduce((sum, entry) => sum + messageBytes(entry), 0);
        if (bytes > MAX_BATCH_BYTES) {
          throw new AwsError(
            "BatchRequestTooLong",
            `Batch requests cannot be longer than ${MAX_BATCH_BYTES} bytes. You have sent ${bytes} bytes.`,
          );
        }
        const answer = runBatch(params.Entries, (entry) => {
          checkEntryNumber("DelaySeconds", entry.DelaySeconds);
          return send(queue, entry, call);
        });
        call.note({ queue: queue.name, messages: answer.Successful.length, failed: answer.Failed.length });
        if (answer.Successful.length > 0) store.ports.signals.notify(queue.arn);
        return answer;
      },
    },
    ReceiveMessage: {
      authorize: (params, call) => store.authorize("sqs:ReceiveMessage", params, call, ["kms:Decrypt"]),
      async run(params, call) {
        const { settings } = store.require(params, call);
        const deadline = clock.now() + (params.WaitTimeSeconds ?? settings.receiveWaitSeconds) * 1000;
        checkSelection(params);
        while (!store.isClosed) {
          const queue = store.require(params, call);
          const messages = queue.receive(
            {
              limit: params.MaxNumberOfMessages ?? 1,
              visibilitySeconds: params.VisibilityTimeout,
              ...store.deadLettersOf(queue),
            },
            clock.now(),
          );
          if (messages.length > 0 || clock.now() >= deadline) {
            call.note({ queue: queue.name, messages: messages.length });
            return messages.length === 0 ? {} : { Messages: messages.map((one) => describeMessage(one, params)) };
          }
          await pausedFor(call, () => store.untilVisible(queue, deadline));
        }
        return {};
      },
    },
    DeleteMessage: {
      authorize: (params, call) => store.authorize("sqs:DeleteMessage", params, call),
      run(params, call) {
        const queue = store.require(params, call);
        call.note({ queue: queue.name, messages: queue.delete(params.ReceiptHandle) ? 1 : 0 });
      },
    },
    DeleteMessageBatch: {
      authorize: (params, call) => store.authorize("sqs:DeleteMessage", params, call),
      run(params, call) {
        const queue = store.require(params, call);
        let deleted = 0;
        const answer = runBatch(params.Entries, ({ ReceiptHandle }) => {
          if (queue.delete(ReceiptHandle)) deleted++;
          return {};
        });
        call.note({ queue: queue.name, messages: deleted });
        return answer;
      },
    },
    ChangeMessageVisibility: {
      authorize: (params, call) => store.authorize("sqs:ChangeMessageVisibility", params, call),
      run(params, call) {
        const queue = store.require(params, call);
        queue.changeVisibility(params.ReceiptHandle, params.VisibilityTimeout, clock.now());
        store.ports.signals.notify(queue.arn);
      },
    },
    ChangeMessageVisibilityBatch: {
      authorize: (params, call) => store.authorize("sqs:ChangeMessageVisibility", params, call),
      run(params, call) {
        const queue = store.require(params, call);
        const answer = runBatch(params.Entries, ({ ReceiptHandle, VisibilityTimeout }) => {
          checkEntryNumber("VisibilityTimeout", VisibilityTimeout);
          queue.changeVisibility(ReceiptHandle, VisibilityTimeout, clock.now());
          return {};
        });
        store.ports.signals.notify(queue.arn);
        return answer;
      },
    },
  });
}

function send(queue: Queue, message: SentMessage, call: Call) {
  checkMessage(message);
  const { maxMessageBytes } = queue.settings;
  if (messageBytes(message) > maxMessageBytes) {
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${maxMessageBytes} bytes.`,
    );
  }
  const { principal } = call;
  const sent = queue.send(
    {
      body: message.MessageBody,
      attributes: message.MessageAttributes ?? {},
      senderId: principal.userId || principal.arn,
      delaySeconds: message.DelaySeconds,
    },
    call.clock.now(),
  );
  const attributesMd5 = md5OfAttributes(sent.attributes);
  return {
    MessageId: sent.id,
    MD5OfMessageBody: sent.md5OfBody,
    ...(attributesMd5 === undefined ? {} : { MD5OfMessageAttributes: attributesMd5 }),
  };
}
