import { FirehoseClient, PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import type { AttributeValue, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { deliveryStreamName, lineOf } from "./plain-line.ts";

// The way of a classic fan-out function (aws-lambda-fanout of AWS Labs, 2015), written anew for today's SDK: each change
// becomes one unit of data with its key and its size, units that are too large are dropped, the others are grouped into
// blocks of at most 500 and 4 MiB, and two posters send the blocks, a Firehose record for each unit.

interface Unit {
  readonly key: string;
  readonly data: Buffer;
}

const MAX_UNITS = 500;
const MAX_BLOCK_BYTES = 4 * 1_024 * 1_024;
const MAX_UNIT_BYTES = 1_000 * 1_024;
const POSTERS = 2;

const firehose = new FirehoseClient({});

/** Sends each change as a Firehose record of its own, in blocks, two at once. */
export const handler = async ({ Records }: DynamoDBStreamEvent): Promise<unknown> => {
  const units = Records.map(toUnit).filter(({ data }) => data.length <= MAX_UNIT_BYTES);
  const blocks = toBlocks(units);
  const post = async (): Promise<void> => {
    for (let block = blocks.shift(); block !== undefined; block = blocks.shift()) {
      const entries = block.map(({ data }) => ({ Data: data }));
      await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: deliveryStreamName, Records: entries }));
    }
  };
  await Promise.all(Array.from({ length: POSTERS }, post));
  return { batchItemFailures: [] };
};

function toUnit(record: DynamoDBRecord): Unit {
  const keys = toPlain(record.dynamodb?.Keys ?? {});
  const data = Buffer.from(lineOf(record, toPlain(record.dynamodb?.NewImage ?? {})));
  return { key: Object.values(keys).join("|"), data };
}

function toBlocks(units: readonly Unit[]): Unit[][] {
  const blocks: Unit[][] = [];
  let block: Unit[] = [];
  let bytes = 0;
  for (const unit of units) {
    if (block.length > 0 && (block.length >= MAX_UNITS || bytes + unit.data.length > MAX_BLOCK_BYTES)) {
      blocks.push(block);
      block = [];
      bytes = 0;
    }
    block.push(unit);
    bytes += unit.data.length;
  }
  if (block.length > 0) blocks.push(block);
  return blocks;
}

function toPlain(fields: Readonly<Record<string, AttributeValue>>): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) plain[name] = plainValue(fields[name] as AttributeValue);
  return plain;
}

function plainValue(value: AttributeValue): unknown {
  const [type = "", content] = Object.entries(value)[0] ?? [];
  switch (type) {
    case "N":
      return Number(content);
    case "NULL":
      return null;
    case "NS":
      return (content as string[]).map(Number);
    case "L":
      return (content as AttributeValue[]).map(plainValue);
    case "M":
      return toPlain(content as Record<string, AttributeValue>);
    default:
      return content;
  }
}
