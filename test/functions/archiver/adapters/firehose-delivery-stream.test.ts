import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { openFirehoseDeliveryStream } from "../../../../functions/archiver/adapters/firehose-delivery-stream.ts";

describe("delivery to Firehose", () => {
  let server: Server;
  const requests: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
  const previous = new Map<string, string | undefined>();

  before(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        requests.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
        response.end('{"FailedPutCount":1,"RequestResponses":[{"RecordId":"r"},{"ErrorCode":"ServiceUnavailable"}]}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    for (const [name, value] of Object.entries({
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "AKIAFUNCTION",
      AWS_SECRET_ACCESS_KEY: "secret",
    })) {
      previous.set(name, process.env[name]);
      process.env[name] = value;
    }
  });

  after(async () => {
    for (const [name, value] of previous) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it("sends the records' bytes in a request that says how long it is, and returns those that failed", async () => {
    const stream = openFirehoseDeliveryStream("delivery");
    const failed = await stream.put([Buffer.from("é\n"), Buffer.from("second\n")], new AbortController().signal);
    expect(failed).to.deep.equal([1]);
    const [{ headers, body } = { headers: {}, body: "" }] = requests;
    expect(headers["x-amz-target"]).to.equal("Firehose_20150804.PutRecordBatch");
    expect(Number(headers["content-length"])).to.equal(Buffer.byteLength(body));
    expect(JSON.parse(body)).to.deep.equal({
      DeliveryStreamName: "delivery",
      Records: [{ Data: Buffer.from("é\n").toString("base64") }, { Data: Buffer.from("second\n").toString("base64") }],
    });
  });
});
