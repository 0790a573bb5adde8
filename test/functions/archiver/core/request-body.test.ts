import { FirehoseClient, PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import { type HttpRequest, HttpResponse } from "@smithy/core/transport";
import { expect } from "chai";
import fc from "fast-check";
import { requestBody } from "../../../../functions/archiver/core/request-body.ts";
import { seed } from "../../support/long-runs.ts";

describe("requestBody", () => {
  it(`makes the body that the SDK makes, byte for byte (seed ${seed})`, async () => {
    let sent = Buffer.alloc(0);
    const client = new FirehoseClient({
      region: "us-east-1",
      credentials: { accessKeyId: "AKIA", secretAccessKey: "secret" },
      requestHandler: {
        async handle(request: HttpRequest) {
          sent = Buffer.concat([request.body as Uint8Array]);
          return { response: new HttpResponse({ statusCode: 200, headers: {} }) };
        },
      },
    });
    const records = fc.array(
      fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
      { maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[a-zA-Z0-9_.-]{1,64}$/), records, async (DeliveryStreamName, Datas) => {
        const Records = Datas.map((Data) => ({ Data }));
        await client.send(new PutRecordBatchCommand({ DeliveryStreamName, Records }));
        expect(requestBody(DeliveryStreamName, Datas).toString()).to.equal(sent.toString());
      }),
      { numRuns: 50, seed },
    );
  });

  it("holds records of any size", () => {
    const records = [Buffer.alloc(1_024_000, "a"), Buffer.from("\u00e9\n"), Buffer.alloc(0)];
    const { DeliveryStreamName, Records } = JSON.parse(requestBody("delivery", records).toString()) as {
      DeliveryStreamName: string;
      Records: { Data: string }[];
    };
    expect(DeliveryStreamName).to.equal("delivery");
    expect(Records.map(({ Data }) => Buffer.from(Data, "base64").equals(records[0] as Buffer))).to.deep.equal([
      true,
      false,
      false,
    ]);
    expect(Records.slice(1).map(({ Data }) => Buffer.from(Data, "base64").toString())).to.deep.equal(["\u00e9\n", ""]);
  });
});
