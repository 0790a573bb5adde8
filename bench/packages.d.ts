// What the benchmarks use of libraries that only `npm ci --prefix bench` installs, so that types are checked without it.

declare module "@aws-sdk/lib-dynamodb" {
  import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";

  type Document = Readonly<Record<string, unknown>>;

  export class BatchWriteCommand {
    constructor(input: {
      readonly RequestItems: Readonly<Record<string, readonly { readonly PutRequest: { readonly Item: Document } }[]>>;
    });
    readonly output: { readonly UnprocessedItems?: Document };
  }

  export class PutCommand {
    constructor(input: { readonly TableName: string; readonly Item: Document });
    readonly output: Document;
  }

  export class DynamoDBDocumentClient {
    static from(client: DynamoDBClient): DynamoDBDocumentClient;
    send<T extends BatchWriteCommand | PutCommand>(command: T): Promise<T["output"]>;
  }
}

declare module "@aws-sdk/util-dynamodb" {
  import type { AttributeValue } from "@aws-sdk/client-dynamodb";

  export function marshall(data: Readonly<Record<string, unknown>>): Record<string, AttributeValue>;
  export function unmarshall(data: Readonly<Record<string, unknown>>): Record<string, unknown>;
}

declare module "@aws-lambda-powertools/batch" {
  export const EventType: { readonly KinesisDataStreams: "KinesisDataStreams" };

  export class BatchProcessor {
    constructor(eventType: (typeof EventType)["KinesisDataStreams"]);
  }

  export function processPartialResponse<E, R>(
    event: E,
    handler: (record: R) => Promise<void>,
    processor: BatchProcessor,
    options: { readonly context: unknown },
  ): Promise<{ readonly batchItemFailures: readonly unknown[] }>;
}
