import { expect } from "chai";
import { ASSUMED_KEY_ID, Control, StandIn } from "../../../bench/stand-in/service.ts";

const signedBy = (key: string) => `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-east-1/dynamodb/aws4_request`;

describe("bench/stand-in/service", () => {
  let standIn: StandIn;
  let url: string;
  beforeEach(async () => {
    standIn = new StandIn();
    url = `http://127.0.0.1:${await standIn.listen()}`;
  });
  afterEach(() => standIn.close());

  const call = (target: string, body: object, key: string) =>
    fetch(url, {
      method: "POST",
      headers: { "x-amz-target": target, authorization: signedBy(key) },
      body: JSON.stringify(body),
    });
  const read = async (path: string) => (await (await fetch(`${url}${path}`)).json()) as Record<string, unknown>;

  it("takes writes of the assumed role alone, and remembers the others", async () => {
    const put = { TableName: "events", Item: { seqNumbershardIdHash: { S: "1" }, sequenceNumber: { S: "2" } } };
    expect((await call("DynamoDB_20120810.PutItem", put, "ASIAOTHER")).status).to.equal(400);
    const stored = await call("DynamoDB_20120810.PutItem", put, ASSUMED_KEY_ID);
    expect(stored.status).to.equal(200);
    expect(stored.headers.get("x-amz-crc32")).to.equal("2745614147");
    const items = await read(Control.Items);
    expect(items).to.include({ requests: 2, items: 1 });
    expect(items["refusals"]).to.have.length(1);
  });

  it("answers AssumeRole, and a record id for each record of PutRecordBatch", async () => {
    const assumed = await fetch(url, { method: "POST", body: "Action=AssumeRole&Version=2011-06-15" });
    expect(await assumed.text()).to.include(`<AccessKeyId>${ASSUMED_KEY_ID}</AccessKeyId>`);
    const Records = ["a\n", "b\n"].map((text) => ({ Data: Buffer.from(text).toString("base64") }));
    const put = await call("Firehose_20150804.PutRecordBatch", { Records }, "ASIAFUNCTION");
    const answer = (await put.json()) as { FailedPutCount: number; RequestResponses: unknown[] };
    expect(answer.FailedPutCount).to.equal(0);
    expect(answer.RequestResponses).to.have.length(2);
    expect(await read(Control.Lines)).to.include({ lines: 2, records: 2 });
  });

  it("refuses an operation that it does not have", async () => {
    expect((await call("DynamoDB_20120810.Query", {}, ASSUMED_KEY_ID)).status).to.equal(400);
    expect((await read(Control.Items))["refusals"]).to.have.length(1);
  });

  it("forgets everything on a reset", async () => {
    await call("DynamoDB_20120810.BatchWriteItem", { RequestItems: {} }, ASSUMED_KEY_ID);
    await read(`${Control.Reset}?serviceMs=0`);
    expect(await read(Control.Items)).to.deep.include({ requests: 0, puts: 0, refusals: [] });
  });
});
