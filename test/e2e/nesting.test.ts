import { expect } from "chai";
import { objects } from "../../local/ledger/collect.ts";
import { plain, tableItems } from "../support/contents.ts";
import { failureOf } from "../support/failure-of.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

/** DynamoDB's levels, the attribute `event` being the first. */
const LEVELS = 32;

const arrays = (count: number, inside = "") => "[".repeat(count) + inside + "]".repeat(count);
const maps = (count: number, inside = "{}") => '{"a":'.repeat(count - 1) + inside + "}".repeat(count - 1);

describe("the deepest event", () => {
  let system: TestSystem;

  before(async () => {
    system = await startSystem();
    await system.empty();
  });

  it("that DynamoDB accepts is stored; one level more is parked by the replicator", async () => {
    const stored = [arrays(LEVELS), arrays(LEVELS - 1, "1"), maps(LEVELS), maps(LEVELS, "null")];
    const parked = [arrays(LEVELS + 1), arrays(LEVELS, "1"), maps(LEVELS + 1), maps(LEVELS + 1, "null")];
    await system.call(system.source.administrator, "kinesis", "PutRecords", {
      StreamName: system.source.outputs["streamName"],
      Records: [...stored, ...parked].map((text) => ({
        Data: Buffer.from(text).toString("base64"),
        PartitionKey: "one shard",
      })),
    });
    await system.settle();
    const events = [...(await tableItems(system)).values()].map(({ event }) => JSON.stringify(plain(event ?? {})));
    expect(events).to.have.members(stored);
    const found: Record<string, string>[] = [];
    const { source } = system.ledgerSources;
    for await (const { body } of objects(source, source.parkedBucketName, "parked/"))
      found.push(JSON.parse(body.toString("utf8")) as Record<string, string>);
    expect(found.map(({ data }) => Buffer.from(String(data), "base64").toString())).to.have.members(parked);
    for (const { reason, detail } of found)
      expect([reason, detail]).to.deep.equal(["too-deep", "nested deeper than DynamoDB's 32 levels"]);
  });

  it("has the table's own limit: level 32 is stored, level 33 refused", async () => {
    const put = (levels: number) =>
      system.call(system.target.administrator, "dynamodb", "PutItem", {
        TableName: system.target.outputs["tableName"],
        Item: {
          seqNumbershardIdHash: { S: "x" },
          sequenceNumber: { S: "1" },
          event: JSON.parse(`${'{"L":['.repeat(levels - 1)}{"N":"1"}${"]}".repeat(levels - 1)}`),
        },
      });
    await put(LEVELS);
    expect(await failureOf(put(LEVELS + 1))).to.contain("Nesting Levels have exceeded supported limits");
  });
});
