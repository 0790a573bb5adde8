import { defineOperations, type Operation } from "../../kernel/service.ts";
import { MAX_TAGS, tagMistakes } from "../../resource-types/tags.ts";
import type { Inputs } from "../../wire/models/sqs.ts";
import { invalidParameter } from "./errors.ts";
import { setQueueAttributes } from "./queue-settings.ts";
import type { SqsService } from "./service.ts";

/** The operations that change a queue's settings and tags, or remove it. */
export function changeOperations(service: SqsService): Readonly<Record<string, Operation>> {
  return defineOperations<Inputs>({
    SetQueueAttributes: {
      authorize: (params, call) => service.authorize("sqs:SetQueueAttributes", params, call),
      run(params, call) {
        const queue = service.require(params, call);
        setQueueAttributes(service, queue, params.Attributes);
        // A shorter visibility timeout or delay says nothing to messages that are there; a wait that is under way goes by the new settings.
        service.ports.signals.notify(queue.arn);
      },
    },
    DeleteQueue: {
      authorize: (params, call) => service.authorize("sqs:DeleteQueue", params, call),
      run: (params, call) => service.remove(service.require(params, call).arn),
    },
    ListQueueTags: {
      authorize: (params, call) => service.authorize("sqs:ListQueueTags", params, call),
      run(params, call) {
        const { tags } = service.require(params, call).settings;
        return Object.keys(tags).length === 0 ? {} : { Tags: tags };
      },
    },
    TagQueue: {
      authorize: (params, call) => service.authorize("sqs:TagQueue", params, call),
      run(params, call) {
        const queue = service.require(params, call);
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
      authorize: (params, call) => service.authorize("sqs:UntagQueue", params, call),
      run(params, call) {
        const queue = service.require(params, call);
        const removed = new Set(params.TagKeys);
        const left = Object.entries(queue.settings.tags).filter(([key]) => !removed.has(key));
        queue.settings = { ...queue.settings, tags: Object.fromEntries(left) };
      },
    },
  });
}
