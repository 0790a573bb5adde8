import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { Clock } from "../../../local/kernel/clock.ts";
import type { InputLine } from "../../../local/producer/input.ts";
import { traitsOf } from "../../../local/producer/line-traits.ts";
import { Producer, type SentEvent } from "../../../local/producer/producer.ts";
import { RequestBuilder, Route, renderRequest } from "../../../local/producer/requests.ts";

interface Received {
  readonly path: string;
  readonly contentType: string;
  readonly apiKey: string | undefined;
  readonly events: readonly string[];
}

type Reply = { status: number; body: unknown; headers?: Record<string, string> } | "reset";

/** A gateway whose answers a test decides; it keeps what it received. */
async function startGateway(reply: (received: Received, count: number) => Reply) {
  const received: Received[] = [];
  const server: Server = createServer(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString("utf8");
    const contentType = String(request.headers["content-type"]);
    const one: Received = {
      path: String(request.url),
      contentType,
      apiKey: request.headers["x-api-key"] as string,
      events: eventsOf(body, contentType, String(request.url)),
    };
    received.push(one);
    const answer = reply(one, received.length);
    if (answer === "reset") {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, answer.headers ?? {});
    response.end(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/stage`,
    received,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

function eventsOf(body: string, contentType: string, path: string): string[] {
  if (path.endsWith("/events")) return [body];
  if (contentType === "application/x-ndjson") return body.split("\n");
  return (JSON.parse(body) as { events: unknown[] }).events.map((event) => JSON.stringify(event));
}

let sequence = 0;
const stored = () => ({ status: 200, shardId: "shardId-000000000000", sequenceNumber: String(++sequence) });
const accept = (received: Received): Reply =>
  received.path.endsWith("/batch")
    ? { status: 200, body: { results: received.events.map(stored) } }
    : { status: 200, body: stored() };

function lines(texts: readonly string[]): InputLine[] {
  return texts.map((text, index) => ({ number: index + 1, bytes: Buffer.from(text) }));
}

async function produce(
  reply: (received: Received, count: number) => Reply,
  texts: readonly string[],
  maxAttempts?: number,
  stop?: AbortSignal,
) {
  const gateway = await startGateway(reply);
  const clock = new Clock();
  const outcomes: SentEvent[] = [];
  let reports = 0;
  const producer = new Producer({
    gatewayUrl: gateway.url,
    apiKey: "key",
    clock,
    pace: { eventsPerSecond: 1e6, bytesPerSecond: 1e9, requestsPerSecond: 1e6 },
    concurrency: 1,
    random: () => 0.5,
    onOutcome: (event) => outcomes.push(event),
    onProgress: () => reports++,
    ...(maxAttempts ? { maxAttempts } : {}),
    ...(stop ? { stop } : {}),
  });
  const progress = await producer.send(lines(texts));
  clock.close();
  await gateway.close();
  return { received: gateway.received, outcomes, progress, reports };
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `{"n":${index}}`);

describe("the producer", () => {
  it("sends every event once over all three routes and keeps where each one is", async () => {
    const { received, outcomes, progress } = await produce(accept, numbered(1000));
    expect(received.flatMap(({ events }) => events).sort()).to.deep.equal(numbered(1000).sort());
    expect(received.every(({ apiKey }) => apiKey === "key")).to.equal(true);
    const counts = Object.fromEntries(
      Object.values(Route).map((route) => [route, outcomes.filter((outcome) => outcome.route === route).length]),
    );
    expect(counts).to.deep.equal({ single: 40, envelope: 360, "json-lines": 600 });
    expect(progress).to.include({ sent: 1000, accepted: 1000, refused: 0, resent: 0 });
    expect(new Set(outcomes.map(({ line }) => line.number)).size).to.equal(1000);
  });

  it("sends and reports nothing more once stopped, even if failed events could be retried", async () => {
    const stop = new AbortController();
    const { received, outcomes, progress, reports } = await produce(
      (request, count) => {
        if (count < 3) return accept(request);
        stop.abort("SIGTERM");
        return { status: 503, body: {} };
      },
      numbered(1000),
      undefined,
      stop.signal,
    );
    expect([received.length, reports]).to.deep.equal([3, 2]);
    expect(outcomes.length).to.equal(received.slice(0, 2).flatMap(({ events }) => events).length);
    // What was under way may have arrived, so it counts as sent.
    expect(progress.sent).to.equal(received.flatMap(({ events }) => events).length);
  });

  it("retries only the failed events of a batch, and counts an event once", async () => {
    const { received, outcomes, progress } = await produce((request, count) => {
      if (!request.path.endsWith("/batch") || count > 21) return accept(request);
      return {
        status: 207,
        body: {
          results: request.events.map((_, index) =>
            index % 3 === 0 ? { status: 429, message: "throttled" } : stored(),
          ),
        },
      };
    }, numbered(200));
    const batches = received.filter(({ path }) => path.endsWith("/batch")).map(({ events }) => events.length);
    expect(batches).to.deep.equal([180, 60]);
    expect(progress).to.include({ sent: 200, accepted: 200, resent: 60 });
    expect(outcomes).to.have.length(200);
  });

  it("sends again after 429, 5xx and a broken connection", async () => {
    const replies: Reply[] = [
      { status: 429, body: {}, headers: { "retry-after": "1" } },
      { status: 500, body: {} },
      "reset",
    ];
    const { received, progress } = await produce((request) => replies.shift() ?? accept(request), ['{"n":1}']);
    expect(received).to.have.length(4);
    expect(progress).to.include({ sent: 1, accepted: 1, resent: 3 });
  });

  it("gives up after the last attempt and says so", async () => {
    const { outcomes } = await produce(() => ({ status: 503, body: "down\n" }), ['{"n":1}'], 3);
    expect(outcomes.map(({ outcome }) => outcome)).to.deep.equal([{ kind: "unanswered", status: 503, reason: "down" }]);
  });

  it("sends the events of a refused batch one by one, so that only the bad one is refused", async () => {
    const bad = '{"n":"bad"}';
    const texts = numbered(60).map((text, index) => (index === 50 ? bad : text));
    const { outcomes, progress } = await produce(
      (request) =>
        request.events.some((event) => event.includes("bad")) ? { status: 413, body: "too large" } : accept(request),
      texts,
    );
    const refused = outcomes.filter(({ outcome }) => outcome.kind === "refused");
    expect(refused.map(({ line, outcome }) => [line.number, outcome])).to.deep.equal([
      [51, { kind: "refused", status: 413, reason: "too large" }],
    ]);
    expect(progress).to.include({ sent: 60, accepted: 59, refused: 1 });
  });

  it("treats a 200 without the event's record as no answer", async () => {
    const { outcomes } = await produce(() => ({ status: 200, body: {} }), ['{"n":1}'], 1);
    expect(outcomes[0]?.outcome.kind).to.equal("unanswered");
  });

  it("sends a line that is not a JSON object alone, bytes unchanged", () => {
    const builder = new RequestBuilder();
    const bytes = Buffer.from([0x7b, 0xff, 0x7d]);
    const [request] = builder.add({ number: 1, bytes });
    expect(request?.route).to.equal(Route.Single);
    expect(request && renderRequest(request)).to.deep.include({ path: "/events", body: bytes });
  });

  it("sends events that an envelope would change as JSON Lines, and alone those that neither keeps", () => {
    const routes = (bytes: Buffer) => {
      const builder = new RequestBuilder();
      const events = Array.from({ length: 500 }, (_, index) => ({ number: index + 1, bytes }));
      const requests = [...events.flatMap((line) => builder.add(line)), ...builder.finish()];
      return Object.values(Route).map((route) =>
        requests.filter((request) => request.route === route).reduce((sum, request) => sum + request.lines.length, 0),
      );
    };
    expect(routes(Buffer.from('{"a":"b"}')), "plain").to.deep.equal([20, 180, 300]);
    expect(routes(Buffer.from('{"a":"\u007f"}')), "DEL").to.deep.equal([20, 0, 480]);
    expect(routes(Buffer.from('{"a":1.5}')), "decimal").to.deep.equal([20, 0, 480]);
    expect(routes(Buffer.from('{"a":"b"}\r')), "CR at the end").to.deep.equal([320, 180, 0]);
    expect(routes(Buffer.from('{"a":1.5}\r')), "CR at the end of a decimal").to.deep.equal([500, 0, 0]);
    expect(routes(Buffer.from('{"a":"\xe9"}', "latin1")), "not UTF-8").to.deep.equal([500, 0, 0]);
    expect(routes(Buffer.from('["a"]')), "no object").to.deep.equal([500, 0, 0]);
  });

  it("sends a line of any depth, as any other", async () => {
    const deep = `{"id":"deep","x":${"[".repeat(500_000)}${"]".repeat(500_000)}}`;
    const texts = [...numbered(20), deep];
    const { received, outcomes } = await produce(accept, texts);
    expect(outcomes.map(({ outcome }) => outcome.kind)).to.deep.equal(texts.map(() => "accepted"));
    expect(received.at(-1)).to.deep.include({ contentType: "application/x-ndjson", events: [deep] });
  });

  it("keeps out of an envelope what an envelope would change", () => {
    const cases: [string, boolean][] = [
      ['{"a":1,"b":"1.5e3","c":[{"d":null}]}', true],
      ['{"a":1.10}', false],
      ['{"a":1e5}', false],
      ['{"a":-0}', false],
      ['{"a":"\\ud800"}', false],
      ['{"a":1,"a":2}', false],
      ['{"a":1,"\\u0061":2}', false],
      ['{"a":1,"b":{"a":1}}', true],
      ['{"__proto__":1,"__proto__":2}', false],
      ['{"a":"\u007f"}', false],
      ['{"a\u007f":"\\n"}', false],
      ['{"a":"\\u007f"}', true],
      ['{"a":[0,-1,10,-10]}', true],
      [`{"a":${"[".repeat(31)}${"]".repeat(31)}}`, true],
      [`{"a":${"[".repeat(32)}${"]".repeat(32)}}`, false],
      ["no JSON", false],
    ];
    for (const [text, isSafe] of cases) expect(traitsOf(Buffer.from(text)).isEnvelopeSafe, text).to.equal(isSafe);
  });
});
