import { AwsError } from "../../kernel/errors.ts";
import { type Call, defineOperations, type Operation, pausedFor } from "../../kernel/service.ts";
import { selectAttributes } from "./attributes.ts";
import { runBatch } from "./batch.ts";
import { changeOperations } from "./change-operations.ts";
import { invalidParameter, queueDoesNotExist } from "./errors.ts";
import { MAX_BATCH_BYTES, QUEUES_PER_LIST } from "./limits.ts";
import { checkMessage, md5OfAttributes, messageBytes, type SentMessage } from "./message.ts";
import type { Queue } from "./queue.ts";
import { checkSelection, describeMessage } from "./received-message.ts";
import type { SqsService } from "./service.ts";
import type { SqsInputs } from "./wire.ts";

/** The operations of SQS that the local cloud has. */
export function operations(service: SqsService): Readonly<Record<string, Operation>> {
  const { clock } = service.ports;
  return {
    ...changeOperations(service),
    ...defineOperations<SqsInputs>({
      SendMessage: {
        authorize: (params, call) => service.authorizeSend(params, call),
        run({ QueueUrl, ...message }, call) {
          const queue = service.require({ QueueUrl }, call);
          const answer = send(queue, message, call);
          call.note({ queue: queue.name, messages: 1 });
          service.ports.signals.notify(queue.arn);
          return answer;
        },
      },
      SendMessageBatch: {
        authorize: (params, call) => service.authorizeSend(params, call),
        run(params, call) {
          const queue = service.require(params, call);
          const bytes = params.Entries.reduce((sum, entry) => sum + messageBytes(entry), 0);
          if (bytes > MAX_BATCH_BYTES) {
            throw new AwsError(
              "BatchRequestTooLong",
              `Batch requests cannot be longer than ${MAX_BATCH_BYTES} bytes. You have sent ${bytes} bytes.`,
            );
          }
          const answer = runBatch(params.Entries, (entry) => send(queue, entry, call));
          call.note({ queue: queue.name, messages: answer.Successful.length, failed: answer.Failed.length });
          if (answer.Successful.length > 0) service.ports.signals.notify(queue.arn);
          return answer;
        },
      },
      ReceiveMessage: {
        authorize: (params, call) => service.authorize("sqs:ReceiveMessage", params, call, ["kms:Decrypt"]),
        async run(params, call) {
          const { settings } = service.require(params, call);
          const deadline = clock.now() + (params.WaitTimeSeconds ?? settings.receiveWaitSeconds) * 1000;
          checkSelection(params);
          while (!service.isClosed) {
            const queue = service.require(params, call);
            const messages = queue.receive(
              {
                limit: params.MaxNumberOfMessages ?? 1,
                visibilitySeconds: params.VisibilityTimeout,
                ...service.deadLettersOf(queue),
              },
              clock.now(),
            );
            if (messages.length > 0 || clock.now() >= deadline) {
              call.note({ queue: queue.name, messages: messages.length });
              return messages.length === 0 ? {} : { Messages: messages.map((one) => describeMessage(one, params)) };
            }
            await pausedFor(call, () => service.untilVisible(queue, deadline));
          }
          return {};
        },
      },
      DeleteMessage: {
        authorize: (params, call) => service.authorize("sqs:DeleteMessage", params, call),
        run(params, call) {
          const queue = service.require(params, call);
          call.note({ queue: queue.name, messages: queue.delete(params.ReceiptHandle) ? 1 : 0 });
        },
      },
      DeleteMessageBatch: {
        authorize: (params, call) => service.authorize("sqs:DeleteMessage", params, call),
        run(params, call) {
          const queue = service.require(params, call);
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
        authorize: (params, call) => service.authorize("sqs:ChangeMessageVisibility", params, call),
        run(params, call) {
          const queue = service.require(params, call);
          queue.changeVisibility(params.ReceiptHandle, params.VisibilityTimeout, clock.now());
          service.ports.signals.notify(queue.arn);
        },
      },
      ChangeMessageVisibilityBatch: {
        authorize: (params, call) => service.authorize("sqs:ChangeMessageVisibility", params, call),
        run(params, call) {
          const queue = service.require(params, call);
          const answer = runBatch(params.Entries, ({ ReceiptHandle, VisibilityTimeout }) => {
            queue.changeVisibility(ReceiptHandle, VisibilityTimeout, clock.now());
            return {};
          });
          service.ports.signals.notify(queue.arn);
          return answer;
        },
      },
      GetQueueUrl: {
        authorize: (params, call) => service.authorizeArn("sqs:GetQueueUrl", arnByName(service, params, call), call),
        run(params, call) {
          const queue = service.find(arnByName(service, params, call));
          if (!queue) throw queueDoesNotExist();
          return { QueueUrl: service.urlOf(queue) };
        },
      },
      GetQueueAttributes: {
        authorize: (params, call) => service.authorize("sqs:GetQueueAttributes", params, call),
        run(params, call) {
          const attributes = selectAttributes(service.require(params, call), params.AttributeNames ?? [], clock.now());
          return Object.keys(attributes).length === 0 ? {} : { Attributes: attributes };
        },
      },
      ListQueues: {
        authorize: () => [{ action: "sqs:ListQueues", resource: "*" }],
        run(params, call) {
          const rest = service
            .list(call.accountId, call.region)
            .filter(({ name }) => name.startsWith(params.QueueNamePrefix ?? "") && name > (params.NextToken ?? ""));
          const page = rest.slice(0, params.MaxResults ?? QUEUES_PER_LIST);
          // Without MaxResults AWS answers the first thousand and no token.
          const hasToken = params.MaxResults !== undefined && page.length < rest.length;
          return {
            ...(page.length === 0 ? {} : { QueueUrls: page.map((queue) => service.urlOf(queue)) }),
            ...(hasToken ? { NextToken: page.at(-1)?.name } : {}),
          };
        },
      },
      PurgeQueue: {
        authorize: (params, call) => service.authorize("sqs:PurgeQueue", params, call),
        run: (params, call) => service.require(params, call).purge(clock.now()),
      },
    }),
  };
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

function arnByName(
  service: SqsService,
  params: { QueueName: string; QueueOwnerAWSAccountId?: string | undefined },
  call: Call,
): string {
  return service.arnOf(params.QueueName, {
    accountId: params.QueueOwnerAWSAccountId ?? call.accountId,
    region: call.region,
  });
}
