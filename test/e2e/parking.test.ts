import { expect } from "chai";
import { objects } from "../../local/ledger/collect.ts";
import { tableItems } from "../support/contents.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

describe("a record that cannot be stored", () => {
  let system: TestSystem;

  before(async () => {
    system = await startSystem();
  });
  beforeEach(() => system.empty());

  /** Puts records into one shard of the stream, in one request. */
  async function put(records: readonly Buffer[]): Promise<{ shardId: string; sequenceNumber: string }[]> {
    const answer = await system.call<{
      FailedRecordCount: number;
      Records: { ShardId: string; SequenceNumber: string }[];
    }>(system.source.administrator, "kinesis", "PutRecords", {
      StreamName: system.source.outputs["streamName"],
      Records: records.map((data) => ({ Data: data.toString("base64"), PartitionKey: "one shard" })),
    });
    expect(answer.FailedRecordCount).to.equal(0);
    return answer.Records.map(({ ShardId, SequenceNumber }) => ({ shardId: ShardId, sequenceNumber: SequenceNumber }));
  }

  async function parked(): Promise<Record<string, string>[]> {
    const found: Record<string, string>[] = [];
    for await (const { body } of objects(
      system.ledgerSources.source,
      system.ledgerSources.source.parkedBucketName,
      "parked/",
    )) {
      found.push(JSON.parse(body.toString("utf8")) as Record<string, string>);
    }
    return found;
  }

  it("parks alone, with its bytes and its reason, and the other 299 are stored in one invocation", async () => {
    const bad = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x00, 0x0a]);
    const places = await put(
      Array.from({ length: 300 }, (_, index) => (index === 137 ? bad : Buffer.from(`{"n":${index}}`))),
    );
    await system.settle();
    expect((await tableItems(system)).size).to.equal(299);
    const found = await parked();
    expect(found).to.have.length(1);
    expect(found[0]).to.include({ ...places[137], reason: "not-utf8", data: bad.toString("base64") });
    expect(Date.parse(String(found[0]?.["parkedAt"]))).to.be.a("number").and.not.NaN;
  });

  it("parks a line of JSON Lines that is not JSON, and the sums close", async () => {
    const key = { "x-api-key": system.apiKey, "content-type": "application/x-ndjson" };
    const answer = await fetch(`${system.gatewayUrl}/events/batch`, {
      method: "POST",
      headers: key,
      body: '{"n":1}\nnot json\n{"n":2}',
    });
    expect(answer.status).to.equal(200);
    await system.settle();
    expect((await tableItems(system)).size).to.equal(2);
    const found = await parked();
    expect(found.map(({ reason, data }) => [reason, Buffer.from(String(data), "base64").toString()])).to.deep.equal([
      ["not-json", "not json"],
    ]);
  });
});
