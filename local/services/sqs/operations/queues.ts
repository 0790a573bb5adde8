import type { Call } from "../../../kernel/service.ts";
import { defineOperations, type Operation } from "../../../kernel/service.ts";
import { MAX_TAGS, tagMistakes } from "../../../resource-types/tags.ts";
import { selectAttributes } from "../attributes.ts";
import { invalidParameter, queueDoesNotExist } from "../errors.ts";
import { QUEUES_PER_LIST } from "../limits.ts";
import { changedAttributes } from "../queue-settings.ts";
import type { SqsStore } from "../store.ts";
import type { SqsInputs } from "../wire.ts";

/** Queues, their attributes and tags. New queues are made by Pulumi programs. */
export function queueOperations(store: SqsStore): Readonly<Record<string, Operation>> {
  const { clock } = store.ports;
  return defineOperations<SqsInputs>({
    GetQueueUrl: {
      authorize: (params, call) => store.authorizeArn("sqs:GetQueueUrl", arnByName(store, params, call), call),
      run(params, call) {
        const queue = store.find(arnByName(store, params, call));
        if (!queue) throw queueDoesNotExist();
        return { QueueUrl: store.urlOf(queue) };
      },
    },
    GetQueueAttributes: {
      authorize: (params, call) => store.authorize("sqs:GetQueueAttributes", params, call),
      run(params, call) {
        const attributes = selectAttributes(store.require(params, call), params.AttributeNames ?? [], clock.now());
        return Object.keys(attributes).length === 0 ? {} : { Attributes: attributes };
      },
    },
    ListQueues: {
      authorize: () => [{ action: "sqs:ListQueues", resource: "*" }],
      run(params, call) {
        const rest = store
          .list(call)
          .filter(({ name }) => name.startsWith(params.QueueNamePrefix ?? "") && name > (params.NextToken ?? ""));
        const page = rest.slice(0, params.MaxResults ?? QUEUES_PER_LIST);
        // Without MaxResults AWS answers the first thousand and no token.
        const hasToken = params.MaxResults !== undefined && page.length < rest.length;
        return {
          ...(page.length === 0 ? {} : { QueueUrls: page.map((queue) => store.urlOf(queue)) }),
          ...(hasToken ? { NextToken: page.at(-1)?.name } : {}),
        };
      },
    },
    PurgeQueue: {
      authorize: (params, call) => store.authorize("sqs:PurgeQueue", params, call),
      run: (params, call) => store.require(params, call).purge(clock.now()),
    },
    SetQueueAttributes: {
      authorize: (params, call) => store.authorize("sqs:SetQueueAttributes", params, call),
      run(params, call) {
        const queue = store.require(params, call);
        const { settings, policy } = changedAttributes(queue, params.Attributes, store.ports.roles);
        store.change(queue, settings);
        queue.policy = policy;
        // Messages keep their visibility timeout and delay; long polls go by the new settings.
        store.ports.signals.notify(queue.arn);
      },
    },
    DeleteQueue: {
      authorize: (params, call) => store.authorize("sqs:DeleteQueue", params, call),
      run: (params, call) => store.remove(store.require(params, call).arn),
    },
    ListQueueTags: {
      authorize: (params, call) => store.authorize("sqs:ListQueueTags", params, call),
      run(params, call) {
        const { tags } = store.require(params, call).settings;
        return Object.keys(tags).length === 0 ? {} : { Tags: tags };
      },
    },
    TagQueue: {
      authorize: (params, call) => store.authorize("sqs:TagQueue", params, call),
      run(params, call) {
        const queue = store.require(params, call);
        const mistake = tagMistakes(params.Tags).find(({ key }) => key !== undefined);
        if (mistake) throw invalidParameter(`Value for parameter Tags is invalid. Reason: ${mistake.message}.`);
        const tags = { ...queue.settings.tags, ...params.Tags };
        if (Object.keys(tags).length > MAX_TAGS) {
          throw invalidParameter(`Too many tags added for queue ${queue.name}. At most ${MAX_TAGS} tags are allowed.`);
        }
        queue.settings = { ...queue.settings, tags };
      },
    },
    UntagQueue: {
      authorize: (params, call) => store.authorize("sqs:UntagQueue", params, call),
      run(params, call) {
        const queue = store.require(params, call);
        const removed = new Set(params.TagKeys);
        const left = Object.entries(queue.settings.tags).filter(([key]) => !removed.has(key));
        queue.settings = { ...queue.settings, tags: Object.fromEntries(left) };
      },
    },
  });
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
