import type { Wire } from "../../../kernel/service.ts";
import { dynamoDbWords } from "../../../wire/dialect.ts";
import { modelWire } from "../../../wire/model-wire.ts";
import { errorTypeOf } from "../error-type.ts";

/** Maximum limits, which are in the API reference and not in the model. */
const corrections = {
  UpTo100: { type: "integer", min: 1, max: 100 },
  UpTo1000: { type: "integer", min: 1, max: 1000 },
  DescribeStreamInput: { members: { Limit: { shape: "UpTo100" } } },
  ListStreamsInput: { members: { Limit: { shape: "UpTo100" } } },
  GetRecordsInput: { members: { Limit: { shape: "UpTo1000" } } },
} as const;

/** JSON 1.0; requests are signed for `dynamodb`, and their target tells them from DynamoDB's. */
export const wire: Wire = {
  signingName: "dynamodb",
  ...modelWire("streams.dynamodb", {
    model: "dynamodbstreams",
    dialect: { wrongType: dynamoDbWords },
    corrections,
    errorType: errorTypeOf,
    unsupported: [
      "DescribeStreamInput.ShardFilter",
      "GetShardIteratorInput.Timestamp",
      "ShardIteratorType=AT_TIMESTAMP",
    ],
  }),
};
