import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import { MAX_TAGS } from "../../../resource-types/tags.ts";
import type { Inputs } from "../../../wire/models/lambda.ts";
import type { LambdaStore } from "../store.ts";

type Tags = Readonly<Record<string, string>>;

/** Tags of functions and of event source mappings, by ARN. */
export function tagOperations(store: LambdaStore): Readonly<Record<string, Operation>> {
  const onResource =
    (action: string) =>
    <P extends { Resource: string }>(params: P) => [{ action: `lambda:${action}`, resource: params.Resource }];
  const taggedBy = (arn: string, call: Call): { tags: Tags } => {
    const [, , , region, accountId, kind, name = "", qualifier] = arn.split(":");
    const isHere = region === call.region && accountId === call.accountId;
    if (kind === "event-source-mapping") {
      const mapping = isHere ? store.findMapping(name) : undefined;
      if (mapping?.arn === arn) return mapping;
      throw new AwsError("ResourceNotFoundException", `Event source mapping not found: ${arn}`, 404);
    }
    if (qualifier !== undefined) {
      throw invalid("Tags on function aliases and versions are not supported. Please specify a function ARN.");
    }
    const fn = isHere ? store.findFunction(arn) : undefined;
    if (fn) return fn;
    throw new AwsError("ResourceNotFoundException", `Function not found: ${arn}`, 404);
  };

  return defineOperations<Inputs>({
    ListTags: {
      authorize: onResource("ListTags"),
      run: (params, call) => ({ Tags: taggedBy(params.Resource, call).tags }),
    },

    TagResource: {
      authorize: onResource("TagResource"),
      run: (params, call) => {
        const tagged = taggedBy(params.Resource, call);
        const tags = { ...tagged.tags, ...params.Tags };
        if (Object.keys(tags).length > MAX_TAGS) throw invalid("Number of tags exceeds resource tag limit.");
        tagged.tags = tags;
      },
    },

    UntagResource: {
      authorize: onResource("UntagResource"),
      run: (params, call) => {
        const tagged = taggedBy(params.Resource, call);
        const removed = new Set(params.TagKeys);
        tagged.tags = Object.fromEntries(Object.entries(tagged.tags).filter(([key]) => !removed.has(key)));
      },
    },
  });
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}
