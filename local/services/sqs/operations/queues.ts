import type { Call } from "../../../kernel/service.ts";
import { defineOperations, type Operation } from "../../../kernel/service.ts";
import { operationsOn } from "../../../kernel/verbs.ts";
import { tagVerbs } from "../../../resource-types/tag-verbs.ts";
import { MAX_TAGS, tagMistakes } from "../../../resource-types/tags.ts";
import { pageAfter } from "../../../wire/pages.ts";
import { selectAttributes } from "../attributes.ts";
import { invalidParameter, queueDoesNotExist } from "../errors.ts";
import { QUEUES_PER_LIST } from "../limits.ts";
import type { Queue } from "../queue.ts";
import { changedAttributes } from "../queue-settings.ts";
import type { SqsStore } from "../store.ts";
import type { SqsInputs } from "../wire.ts";

/** Queues, their attributes and tags. New queues are made by Pulumi programs. */
export function queueOperations(store: SqsStore): Readonly<Record<string, Operation>> {
  return { ...onQueues(store), ...lookUps(store) };
}

function lookUps(store: SqsStore): Readonly<Record<string, Operation>> {
  return defineOperations<SqsInputs>({
    GetQueueUrl: {
      authorize: (params, call) => store.authorizeArn("sqs:GetQueueUrl", arnByName(store, params, call), call),
      run(params, call) {
        const queue = store.find(arnByName(store, params, call));
        if (!queue) throw queueDoesNotExist();
        return { QueueUrl: store.urlOf(queue) };
      },
    },
    ListQueues: {
      authorize: () => [{ action: "sqs:ListQueues", resource: "*" }],
      run(params, call) {
        const { QueueNamePrefix: prefix = "", MaxResults: limit = QUEUES_PER_LIST, NextToken: after } = params;
        const all = store.list(call).filter(({ name }) => name.startsWith(prefix));
        const { page, next: NextToken } = pageAfter(all, { limit, after }, ({ name }) => name);
        return {
          ...(page.length === 0 ? {} : { QueueUrls: page.map((queue) => store.urlOf(queue)) }),
          // Without MaxResults AWS answers the first thousand and no token.
          ...(params.MaxResults !== undefined && NextToken !== undefined && { NextToken }),
        };
      },
    },
  });
}

function onQueues(store: SqsStore): Readonly<Record<string, Operation>> {
  const { clock, roles, signals } = store.ports;
  const tags = tagVerbs<Queue>({
    of: ({ settings }) => settings.tags,
    set(queue, tags) {
      queue.settings = { ...queue.settings, tags };
    },
    check(added) {
      const mistake = tagMistakes(added).find(({ key }) => key !== undefined);
      if (mistake) throw invalidParameter(`Value for parameter Tags is invalid. Reason: ${mistake.message}.`);
    },
    tooMany: ({ name }) =>
      invalidParameter(`Too many tags added for queue ${name}. At most ${MAX_TAGS} tags are allowed.`),
  });
  return operationsOn<SqsInputs, Queue>(
    {
      authorize: (action, params: { QueueUrl: string }, call) => store.authorize(`sqs:${action}`, params, call),
      require: (params: { QueueUrl: string }, call) => store.require(params, call),
    },
    {
      GetQueueAttributes: {
        run(queue, { AttributeNames = [] }) {
          const attributes = selectAttributes(queue, AttributeNames, clock.now());
          return Object.keys(attributes).length === 0 ? {} : { Attributes: attributes };
        },
      },
      PurgeQueue: { run: (queue) => queue.purge(clock.now()) },
      SetQueueAttributes: {
        run(queue, { Attributes }) {
          const { settings, policy } = changedAttributes(queue, Attributes, roles);
          store.change(queue, settings);
          queue.policy = policy;
          // Messages keep their visibility timeout and delay; long polls go by the new settings.
          signals.notify(queue.arn);
        },
      },
      DeleteQueue: { run: (queue) => store.remove(queue) },
      ListQueueTags: {
        run: ({ settings }) => (Object.keys(settings.tags).length === 0 ? {} : { Tags: settings.tags }),
      },
      TagQueue: tags.add,
      UntagQueue: tags.remove,
    },
  );
}

function arnByName(
  store: SqsStore,
  params: { QueueName: string; QueueOwnerAWSAccountId?: string | undefined },
  call: Call,
): string {
  return store.arnOf(params.QueueName, {
    accountId: params.QueueOwnerAWSAccountId ?? call.accountId,
    region: call.region,
  });
}
