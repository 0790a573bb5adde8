import { expect } from "chai";
import { readEndpoint } from "../../../../../functions/replicator/adapters/direct/endpoint.ts";
import { createHttpSender } from "../../../../../functions/replicator/adapters/direct/http-sender.ts";
import { judge, Verdict } from "../../../../../functions/shared/aws-errors.ts";
import { answerWith, CapturingServer } from "../../../support/capturing-server.ts";

const LIMITS = { connectionTimeout: 1_000, requestTimeout: 20 };
const BODY = Buffer.from("{}");
const HEADERS = ["host", "h", "content-length", "2"];

describe("createHttpSender", () => {
  let server: CapturingServer;
  beforeEach(async () => {
    server = await new CapturingServer().open();
  });
  afterEach(() => server.close());

  const sender = (limits = LIMITS) =>
    createHttpSender(
      readEndpoint({ AWS_ENDPOINT_URL: server.url }, "eu-west-1", (text) => expect.fail(text)),
      limits,
    );
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => expect.fail("it did not fail"),
      (error: Error) => error,
    );

  it("gives up an answer that does not come within the time, to be retried", async () => {
    server.answer = () => undefined;
    const error = await failure(sender().send(HEADERS, BODY, new AbortController().signal));
    expect(error.name).to.equal("TimeoutError");
    expect(error.message).to.equal("DynamoDB gave no answer within 20 ms");
    expect(judge(error)).to.equal(Verdict.Retry);
  });

  it("gives up when its signal is aborted, before and during the request", async () => {
    const { send } = sender({ ...LIMITS, requestTimeout: 60_000 });
    const during = new AbortController();
    server.answer = () => during.abort(new Error("over"));
    expect((await failure(send(HEADERS, BODY, during.signal))).message).to.equal("over");
    const before = AbortSignal.abort(new Error("never"));
    expect((await failure(send(HEADERS, BODY, before))).message).to.equal("never");
    expect(server.requests).to.have.length(1);
  });

  it("throws when the server changes the protocol, to be retried", async () => {
    const { send } = sender({ ...LIMITS, requestTimeout: 60_000 });
    server.answer = (_, { socket }) =>
      void socket.write("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n");
    expect(judge(await failure(send(HEADERS, BODY, new AbortController().signal)))).to.equal(Verdict.Retry);
  });

  it("takes an answer in pieces, and none that is longer than DynamoDB's", async () => {
    const { send } = sender({ ...LIMITS, requestTimeout: 60_000 });
    server.answer = (response) => {
      response.write("a".repeat(70_000), () => response.end("b"));
    };
    const { body } = await send(HEADERS, BODY, new AbortController().signal);
    expect(body.toString()).to.equal(`${"a".repeat(70_000)}b`);
    server.answer = answerWith(200, "x".repeat(21 * 1_024 * 1_024));
    expect((await failure(send(HEADERS, BODY, new AbortController().signal))).message).to.equal(
      "DynamoDB's answer has over 20971520 bytes",
    );
  });
});
