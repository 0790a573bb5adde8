import type { Service } from "../../../kernel/service.ts";
import { streamFaults } from "../faultable.ts";
import type { DynamoDbStore } from "../store.ts";
import { operations } from "./operations.ts";
import { wire } from "./wire.ts";

/**
 * DynamoDB Streams: reads the streams that the tables have. Its requests are signed as `dynamodb`; the front door tells
 * them by their target. A disabled stream can be read until another one takes its place.
 */
export function dynamodbStreams(store: DynamoDbStore) {
  return {
    name: "streams.dynamodb",
    wire,
    faults: streamFaults,
    operations: operations(store),
    // The records are the tables', which DynamoDB empties.
    emptyData: () => undefined,
    close: () => undefined,
  } satisfies Service;
}
