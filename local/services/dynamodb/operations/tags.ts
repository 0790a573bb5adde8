import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import { tagList, tagMistakes, tagsByKey, tagsWith, tagsWithout, type WireTag } from "../../../resource-types/tags.ts";
import type { Inputs } from "../../../wire/models/dynamodb.ts";
import type { DynamoDbStore } from "../store.ts";
import type { Table } from "../table.ts";
import { addressedArn, resourceArn } from "../table-address.ts";

const tooManyTags = () => invalidTags("Number of Tags exceed the current limit for the provided ResourceArn");

/** Tags of tables. */
export function tagOperations(store: DynamoDbStore): Readonly<Record<string, Operation>> {
  const authorize =
    (action: string) =>
    <P extends { ResourceArn: string }>(params: P, call: Call) =>
      store.authorize(`dynamodb:${action}`, resourceArn(params.ResourceArn, call), call);
  const requireTagged = (arn: string, call: Call): Table => {
    const table = store.find(addressedArn(arn, call));
    if (table) return table;
    // Sic: AWS's spelling.
    throw new AwsError("ResourceNotFoundException", `Requested resource not found: ResourcArn: ${arn} not found`);
  };
  return defineOperations<Inputs>({
    TagResource: {
      authorize: authorize("TagResource"),
      run(params, call) {
        checkTags(params.Tags);
        const { settings } = requireTagged(params.ResourceArn, call);
        settings.tags = tagsWith(settings.tags, tagsByKey(params.Tags), tooManyTags);
      },
    },
    UntagResource: {
      authorize: authorize("UntagResource"),
      run(params, call) {
        if (params.TagKeys.length === 0) throw invalidTags("Atleast one Tag Key needs to be provided as Input.");
        const { settings } = requireTagged(params.ResourceArn, call);
        settings.tags = tagsWithout(settings.tags, params.TagKeys);
      },
    },
    ListTagsOfResource: {
      authorize: authorize("ListTagsOfResource"),
      run(params, call) {
        const { tags } = requireTagged(params.ResourceArn, call).settings;
        return { Tags: tagList(tags) };
      },
    },
  });
}

/** Checks tags, before the table is looked for. @throws AwsError ValidationException. */
function checkTags(added: readonly WireTag[]): void {
  if (added.length === 0) throw invalidTags("Atleast one Tag needs to be provided as Input.");
  const keys = added.map(({ Key }) => Key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) {
    throw invalidTags(`Duplicate Tag Keys provided as input: Duplicate Tag Key found ${twice}`);
  }
  for (const { Key, Value } of added) {
    if (/^aws:/i.test(Key)) throw invalidTags(`Tag Key cannot be prefixed with aws:, Key: ${Key}`);
    if (tagMistakes({ [Key]: "" }).length > 0) throw invalidTags(`The Tag Key provided is invalid, Key: ${Key}`);
    if (tagMistakes({ k: Value }).length > 0) throw invalidTags(`The Tag Value provided is invalid, Value: ${Value}`);
  }
}

function invalidTags(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
