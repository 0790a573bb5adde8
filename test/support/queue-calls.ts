import { type ServiceStage, STAGE_ACCOUNT } from "./service-stage.ts";

/** ARN of a queue of the stage's account. */
export const queueArn = (name: string) => `arn:aws:sqs:us-east-1:${STAGE_ACCOUNT}:${name}`;

/** A message in ReceiveMessage's answer. */
export interface Received {
  MessageId: string;
  ReceiptHandle: string;
  MD5OfBody: string;
  Body: string;
  Attributes?: Record<string, string>;
  MD5OfMessageAttributes?: string;
  MessageAttributes?: Record<string, object>;
}

/** Calls to queues of the stage's account; default: the queue `orders`. */
export function queueCalls(stage: () => ServiceStage) {
  const url = (name = "orders") => `/${STAGE_ACCOUNT}/${name}`;
  const call = <T>(operation: string, params: object) =>
    stage().call<T>("sqs", operation, { QueueUrl: url(), ...params });
  const refusal = (operation: string, params: object) =>
    stage().refusal("sqs", operation, { QueueUrl: url(), ...params });
  const make = (inputs: object = {}) => stage().make("aws:sqs/queue:Queue", { name: "orders", ...inputs });
  const send = (MessageBody: string, more: object = {}) =>
    call<{ MessageId: string; MD5OfMessageBody: string; MD5OfMessageAttributes?: string }>("SendMessage", {
      MessageBody,
      ...more,
    });
  const receive = async (more: object = {}) =>
    (await call<{ Messages?: Received[] }>("ReceiveMessage", { MaxNumberOfMessages: 10, ...more })).Messages ?? [];
  const bodies = async (more: object = {}) => (await receive(more)).map(({ Body }) => Body);
  const attributes = async (name = "orders", AttributeNames = ["All"]) =>
    (await call<{ Attributes?: Record<string, string> }>("GetQueueAttributes", { QueueUrl: url(name), AttributeNames }))
      .Attributes;
  const counts = async (name = "orders") => {
    const all = (await attributes(name)) ?? {};
    return ["", "NotVisible", "Delayed"].map((sort) => Number(all[`ApproximateNumberOfMessages${sort}`]));
  };
  return { url, call, refusal, make, send, receive, bodies, attributes, counts };
}
