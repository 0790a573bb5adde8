import type { Cloud } from "../../cloud.ts";
import type { Operation, Service } from "../../service.ts";
import { jsonProtocol } from "../json-protocol.ts";

/** Placeholder: replaced by the helper that owns this folder. DynamoDB Streams signs as `dynamodb` too: the front door tells it by its target prefix. */
export class DynamoDbStreamsService implements Service {
  readonly name = "streams.dynamodb";
  readonly protocol = jsonProtocol("1.0", "DynamoDBStreams_20120810");
  readonly operations: Readonly<Record<string, Operation>> = {};
  readonly cloud: Cloud;

  constructor(cloud: Cloud) {
    this.cloud = cloud;
  }

  emptyData(): void {}

  close(): void {}
}
