import { MAX_BATCH_EVENTS, MAX_PARTITION_KEY_CHARACTERS, PartitionKeySource } from "../defaults/gateway.ts";
import type { PartitionKey } from "./templates/partition-key.ts";

type Schema = Readonly<Record<string, unknown>>;

const DRAFT_04 = "http://json-schema.org/draft-04/schema#";

/** Schema of an object in which a path of names must lead to a partition key. */
function withKey(names: readonly string[]): Schema {
  const [name, ...rest] = names;
  if (name === undefined) {
    return { type: ["string", "number"], minLength: 1, maxLength: MAX_PARTITION_KEY_CHARACTERS };
  }
  return { type: "object", required: [name], properties: { [name]: withKey(rest) } };
}

function eventSchema(key: PartitionKey): Schema {
  return key.source === PartitionKeySource.BodyPath ? withKey(key.path.split(".")) : { type: "object" };
}

/** Model of one event: a JSON object, with a partition key where it is to be taken from. */
export function eventModel(key: PartitionKey): string {
  return JSON.stringify({ $schema: DRAFT_04, title: "Event", ...eventSchema(key) });
}

/** Model of the envelope. Members other than `events` are refused, because they would be lost. */
export function batchModel(key: PartitionKey): string {
  return JSON.stringify({
    $schema: DRAFT_04,
    title: "EventBatch",
    type: "object",
    required: ["events"],
    additionalProperties: false,
    properties: { events: { type: "array", minItems: 1, maxItems: MAX_BATCH_EVENTS, items: eventSchema(key) } },
  });
}
