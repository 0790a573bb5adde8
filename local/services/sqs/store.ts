import { resourceRequest } from "../../kernel/authorization.ts";
import { TimerKind } from "../../kernel/clock.ts";
import { AwsError } from "../../kernel/errors.ts";
import {
  isAwsManagedKey,
  type KeyAction,
  keyAuthorization,
  serviceKeyContext,
  WRITE_ACTIONS,
} from "../../kernel/kms.ts";
import { arnIn, type Place } from "../../kernel/place.ts";
import type { AuthorizationRequest, Call } from "../../kernel/service.ts";
import { Store } from "../../kernel/store.ts";
import { invalidValue, queueDoesNotExist } from "./errors.ts";
import type { Message } from "./message.ts";
import type { Queue, QueueSettings } from "./queue.ts";

/** A queue as calls address it: its URL, or its name alone. */
interface QueueAddress {
  readonly QueueUrl: string;
}

/**
 * All queues. A queue's URL is `<endpoint>/<account>/<name>`; SDKs send requests to its host, which is the local
 * cloud's.
 */
export class SqsStore extends Store<Queue> {
  /** After `close`, long polls end. */
  isClosed = false;

  /** The queue that a call addresses. @throws AwsError QueueDoesNotExist, InvalidAddress. */
  require(address: QueueAddress, place: Place): Queue {
    const queue = this.find(this.arnOfUrl(address.QueueUrl, place));
    if (!queue) throw queueDoesNotExist();
    return queue;
  }

  /** @throws AwsError QueueNameExists; InvalidParameterValue for an invalid dead-letter queue. */
  override add(queue: Queue): void {
    this.#checkDeadLetterQueue(queue, queue.settings);
    if (this.find(queue.arn)) {
      throw new AwsError("QueueNameExists", `A queue already exists with the name ${queue.name}.`);
    }
    super.add(queue);
  }

  /** Changes a queue's settings. @throws AwsError InvalidParameterValue for an invalid dead-letter queue. */
  change(queue: Queue, settings: QueueSettings): void {
    this.#checkDeadLetterQueue(queue, settings);
    queue.settings = settings;
    queue.modifiedAt = this.ports.clock.now();
  }

  /** Removes a queue with its messages; long polls end with QueueDoesNotExist. */
  override remove(queue: Queue): void {
    super.remove(queue);
    this.ports.signals.notify(queue.arn);
  }

  /** The queues of an account in a region, or all, by name. */
  override list(place?: Place): Queue[] {
    return super.list(place).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** ARN of the queue with this name. */
  arnOf(name: string, place: Place): string {
    return arnIn(place, "sqs", name);
  }

  /** URL of a queue. */
  urlOf(queue: Pick<Queue, "accountId" | "name">): string {
    return `${this.ports.endpointUrl}/${queue.accountId}/${queue.name}`;
  }

  /** ARN of the queue with this URL, whatever its host, or with this name. @throws AwsError InvalidAddress. */
  arnOfUrl(url: string, place: Place): string {
    if (/^[\w-]{1,80}(\.fifo)?$/.test(url)) return this.arnOf(url, place);
    const { region } = place;
    const [, accountId, name] = /^(?:https?:\/\/[^/]+)?\/(\d{12})\/([\w.-]+)\/?$/.exec(url) ?? [];
    if (accountId && name) return this.arnOf(name, { accountId, region });
    throw new AwsError("InvalidAddress", `The address ${url} is not valid for this endpoint.`, 404);
  }

  /** For `Queue.receive`: moves a message to the queue's dead-letter queue; nothing for a queue without one. */
  deadLettersOf(queue: Queue): { deadLetter?: (message: Message) => void } {
    const target = this.find(queue.settings.redrivePolicy?.deadLetterTargetArn ?? "");
    if (!target) return {};
    return {
      deadLetter: (message) => {
        target.add(message, this.ports.clock.now());
        this.ports.signals.notify(target.arn);
      },
    };
  }

  /** What IAM is asked for sending one message or many. */
  authorizeSend(address: QueueAddress, call: Call): readonly AuthorizationRequest[] {
    return this.authorize("sqs:SendMessage", address, call, WRITE_ACTIONS);
  }

  /** What IAM is asked for an action on the queue that a call addresses. */
  authorize(
    action: string,
    address: QueueAddress,
    call: Call,
    keyActions: readonly KeyAction[] = [],
  ): readonly AuthorizationRequest[] {
    return this.authorizeArn(action, this.arnOfUrl(address.QueueUrl, call), call, keyActions);
  }

  /** What IAM is asked for an action on a queue: the action, and those on the queue's KMS key. */
  authorizeArn(
    action: string,
    arn: string,
    call: Call,
    keyActions: readonly KeyAction[] = [],
  ): readonly AuthorizationRequest[] {
    const queue = this.find(arn);
    const request = resourceRequest(action, arn, queue?.policy);
    return queue ? [request, ...keyRequests(keyActions, queue, call)] : [request];
  }

  /** Resolves when the queue changes, when its next hidden message becomes visible, or at the deadline. */
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

  override emptyData(): void {
    for (const queue of this.list()) queue.clear();
  }

  override close(): void {
    this.isClosed = true;
    super.close();
  }

  /** The dead-letter queue must exist, in the same account and region, and allow this source queue. */
  #checkDeadLetterQueue(source: Queue, { redrivePolicy: policy }: QueueSettings): void {
    if (!policy) return;
    const refuse = (reason: string) => invalidValue(policy.text, "RedrivePolicy", reason);
    const target = this.find(policy.deadLetterTargetArn);
    if (!target) throw refuse("Dead letter target does not exist.");
    if (target.accountId !== source.accountId || target.region !== source.region) {
      throw refuse("Dead-letter target must be owned by the same account and be in the same region as the source.");
    }
    const allow = target.settings.redriveAllowPolicy;
    const isAllowed =
      allow === undefined ||
      allow.redrivePermission === "allowAll" ||
      (allow.redrivePermission === "byQueue" && allow.sourceQueueArns?.includes(source.arn) === true);
    if (!isAllowed) throw refuse("Dead-letter target's RedriveAllowPolicy does not permit this source queue.");
  }
}

/**
 * Users of a queue need no permission for an AWS managed key, but other services cannot use it ("Configure KMS
 * permissions for AWS services"): a service is asked about every key. There are no key policies here, so it is refused.
 */
function keyRequests(actions: readonly KeyAction[], queue: Queue, call: Call): readonly AuthorizationRequest[] {
  const keyId = queue.settings.kmsMasterKeyId;
  if (keyId !== undefined && call.principal.kind === "service" && isAwsManagedKey(keyId)) {
    return actions.map((action) => ({ action, resource: arnIn(queue, "kms", keyId) }));
  }
  return keyAuthorization(actions, keyId, queue, serviceKeyContext("sqs", queue.region));
}
