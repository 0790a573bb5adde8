import { partitionOf } from "../../../aws/partitions.ts";
import { TimerKind } from "../../kernel/clock.ts";
import { AwsError } from "../../kernel/errors.ts";
import { isAwsManagedKey, keyAuthorization, serviceKeyContext } from "../../kernel/kms.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { AuthorizationRequest, Call, Operation, Service } from "../../kernel/service.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import { queueDoesNotExist } from "./errors.ts";
import type { Message } from "./message.ts";
import { operations } from "./operations.ts";
import type { Queue } from "./queue.ts";
import { resourceTypes } from "./resources.ts";
import { wire } from "./wire.ts";

type KeyAction = "kms:GenerateDataKey" | "kms:Decrypt";

/** Where a queue is. */
export interface QueuePlace {
  readonly accountId: string;
  readonly region: string;
}

/** Amazon SQS: standard queues. A queue's URL is `<endpoint>/<account>/<name>`; clients send to its host, which is this cloud's. */
export class SqsService implements Service {
  readonly name = "sqs";
  readonly resourceTypes = withStore(resourceTypes, this);
  readonly wire = wire;
  readonly conditionKeys = ["kms:ViaService"];
  readonly accessDenied = { code: "AccessDenied", status: 403 };
  readonly operations: Readonly<Record<string, Operation>>;
  readonly ports: Ports;
  /** From `close` on nobody waits for messages any more. */
  isClosed = false;
  readonly #queues = new Map<string, Queue>();

  constructor(ports: Ports) {
    this.ports = ports;
    this.operations = operations(this);
  }

  /** The queue with this ARN, or undefined. */
  find(arn: string): Queue | undefined {
    return this.#queues.get(arn);
  }

  /** Adds a queue; throws QueueNameExists when the name is taken. */
  add(queue: Queue): void {
    if (this.#queues.has(queue.arn)) {
      throw new AwsError("QueueNameExists", `A queue already exists with the name ${queue.name}.`);
    }
    this.#queues.set(queue.arn, queue);
  }

  /** Removes a queue with its messages; who waits for one is told that it is gone. */
  remove(arn: string): void {
    this.#queues.delete(arn);
    this.ports.signals.notify(arn);
  }

  /** The queues of an account in a region, by name. */
  list(accountId: string, region: string): Queue[] {
    return [...this.#queues.values()]
      .filter((queue) => queue.accountId === accountId && queue.region === region)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** ARN of the queue with this name. */
  arnOf(name: string, { accountId, region }: QueuePlace): string {
    return `arn:${partitionOf(region)}:sqs:${region}:${accountId}:${name}`;
  }

  /** URL of a queue. */
  urlOf(queue: { readonly accountId: string; readonly name: string }): string {
    return `${this.ports.endpointUrl}/${queue.accountId}/${queue.name}`;
  }

  /** ARN of the queue that a URL names, whatever its host, or that a name alone does; throws InvalidAddress for what is neither. */
  arnOfUrl(url: string, place: QueuePlace): string {
    if (/^[\w-]{1,80}(\.fifo)?$/.test(url)) return this.arnOf(url, place);
    const { region } = place;
    const [, accountId, name] = /^(?:https?:\/\/[^/]+)?\/(\d{12})\/([\w.-]+)\/?$/.exec(url) ?? [];
    if (accountId && name) return this.arnOf(name, { accountId, region });
    throw new AwsError("InvalidAddress", `The address ${url} is not valid for this endpoint.`, 404);
  }

  /** The queue that a call addresses; throws QueueDoesNotExist. */
  require(address: { readonly QueueUrl: string }, call: QueuePlace): Queue {
    const queue = this.#queues.get(this.arnOfUrl(address.QueueUrl, call));
    if (!queue) throw queueDoesNotExist();
    return queue;
  }

  /** What `Queue.receive` does with messages that were received too often; nothing for a queue that keeps them. */
  deadLettersOf(queue: Queue): { deadLetter?: (message: Message) => void } {
    const target = this.#queues.get(queue.settings.redrivePolicy?.deadLetterTargetArn ?? "");
    if (!target) return {};
    return {
      deadLetter: (message) => {
        target.add(message, this.ports.clock.now());
        this.ports.signals.notify(target.arn);
      },
    };
  }

  /** What IAM is asked for sending one message or many. */
  authorizeSend(address: { readonly QueueUrl: string }, call: Call): readonly AuthorizationRequest[] {
    return this.authorize("sqs:SendMessage", address, call, ["kms:GenerateDataKey", "kms:Decrypt"]);
  }

  /** What IAM is asked for an action on the queue that a call addresses. */
  authorize(
    action: string,
    address: { readonly QueueUrl: string },
    call: Call,
    keyActions: readonly KeyAction[] = [],
  ): readonly AuthorizationRequest[] {
    return this.authorizeArn(action, this.arnOfUrl(address.QueueUrl, call), call, keyActions);
  }

  /** What IAM is asked for an action on a queue: the action, and those on the queue's key where it has one. */
  authorizeArn(
    action: string,
    arn: string,
    call: Call,
    keyActions: readonly KeyAction[] = [],
  ): readonly AuthorizationRequest[] {
    const queue = this.#queues.get(arn);
    const policy = queue?.policy?.document;
    const request: AuthorizationRequest = { action, resource: arn, ...(policy && { resourcePolicy: policy }) };
    const keyId = queue?.settings.kmsMasterKeyId;
    if (keyId === undefined) return [request];
    return [request, ...keyActions.flatMap((keyAction) => keyQuestion(keyAction, keyId, queue as Queue, call))];
  }

  /** Resolves when the queue changes, when its next hidden message shows, or at the deadline. */
  untilVisible(queue: Queue, deadline: number): Promise<void> {
    const { clock, signals } = this.ports;
    const now = clock.now();
    const next = queue.nextVisible(now);
    return new Promise((resolve) => {
      const done = () => {
        unsubscribe();
        for (const timer of timers) timer.cancel();
        resolve();
      };
      const unsubscribe = signals.subscribe(queue.arn, done);
      const timers = [clock.setTimer(deadline - now, TimerKind.Other, done)];
      if (next && next.at < deadline) {
        timers.push(clock.setTimer(next.at - now, next.isDelayed ? TimerKind.Data : TimerKind.Other, done));
      }
    });
  }

  emptyData(): void {
    for (const queue of this.#queues.values()) queue.clear();
  }

  close(): void {
    this.isClosed = true;
    for (const arn of this.#queues.keys()) this.ports.signals.notify(arn);
    this.#queues.clear();
  }
}

/**
 * A key that AWS manages needs no grant from those who may use the queue, but lets no other service in ("Configure KMS permissions for AWS services"): a
 * service is asked about every key. There are no key policies here, so it is refused.
 */
function keyQuestion(action: KeyAction, keyId: string, queue: Queue, call: Call): readonly AuthorizationRequest[] {
  if (call.principal.kind === "service" && isAwsManagedKey(keyId)) {
    return [{ action, resource: `arn:${partitionOf(queue.region)}:kms:${queue.region}:${queue.accountId}:${keyId}` }];
  }
  const question = keyAuthorization(action, keyId, queue, serviceKeyContext("sqs", queue.region));
  return question ? [question] : [];
}
