import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import type { Tags } from "../../../resource-types/default-tags.ts";
import { tagsWith, tagsWithout } from "../../../resource-types/tags.ts";
import type { Inputs } from "../../../wire/models/lambda.ts";
import type { LambdaStore } from "../store.ts";

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
        tagged.tags = tagsWith(tagged.tags, params.Tags, () => invalid("Number of tags exceeds resource tag limit."));
      },
    },

    UntagResource: {
      authorize: onResource("UntagResource"),
      run: (params, call) => {
        const tagged = taggedBy(params.Resource, call);
        tagged.tags = tagsWithout(tagged.tags, params.TagKeys);
      },
    },
  });
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}
