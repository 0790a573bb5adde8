import { Agent, request as httpRequest } from "node:http";
import { type Clock, TimerKind } from "../kernel/clock.ts";
import type { InputLine } from "./input.ts";
import { type Pace, Pacer } from "./pacer.ts";
import { type GatewayRequest, RequestBuilder, Route, renderRequest } from "./requests.ts";

/** The outcome of an event, from the gateway's last answer. */
export type Outcome =
  | { readonly kind: "accepted"; readonly shardId: string; readonly sequenceNumber: string }
  | { readonly kind: "refused"; readonly status: number; readonly reason: string }
  | { readonly kind: "unanswered"; readonly status: number; readonly reason: string };

/** A sent event and its outcome. */
export interface SentEvent {
  readonly line: InputLine;
  /** The route of the last attempt. */
  readonly route: Route;
  readonly outcome: Outcome;
}

/** Progress of a producer, in events. */
export interface ProducerProgress {
  /** Sent at least once, those whose outcome is not known yet included. */
  readonly sent: number;
  readonly accepted: number;
  readonly refused: number;
  readonly requests: number;
  readonly resent: number;
}

export interface ProducerOptions {
  /** `http://…/<stage>`, without a trailing slash. */
  readonly gatewayUrl: string;
  readonly apiKey?: string;
  readonly clock: Clock;
  readonly pace: Pace;
  /** Parallel requests, default 4. */
  readonly concurrency?: number;
  /** Attempts per event, default 12. */
  readonly maxAttempts?: number;
  /** 0 ≤ n < 1; default Math.random. For the jitter of the backoff. */
  readonly random?: () => number;
  /** Aborted to stop the producer: events without an answer get no outcome. */
  readonly stop?: AbortSignal;
  readonly onProgress?: (progress: ProducerProgress) => void;
  /** Called once per event, when its outcome is final. */
  readonly onOutcome: (event: SentEvent) => void;
}

/** Backoff before attempt n: up to BASE · 2^n, at most MAX, in milliseconds of cloud time. */
const BACKOFF_BASE_MS = 100;
const BACKOFF_MAX_MS = 20_000;
/** Maximum length of a refusal's reason. */
const REASON_LENGTH = 300;

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly retryAfterMs: number;
}

interface EventAnswer {
  readonly status: number;
  readonly shardId?: string;
  readonly sequenceNumber?: string;
  readonly reason: string;
}

/**
 * A well-behaved producer: sends events over all routes of the gateway within its pace, retries 429, 5xx and broken
 * connections (with backoff and jitter; after a partial failure only the failed events), and sends the events of a
 * refused batch one by one, so that only the invalid one is refused.
 */
export class Producer {
  readonly #options: ProducerOptions;
  readonly #pacer: Pacer;
  readonly #agent: Agent;
  readonly #progress = { sent: 0, accepted: 0, refused: 0, requests: 0, resent: 0 };

  constructor(options: ProducerOptions) {
    this.#options = options;
    this.#pacer = new Pacer(options.clock, options.pace);
    this.#agent = new Agent({ keepAlive: true, maxSockets: options.concurrency ?? 4 });
  }

  /** Sends all lines; resolves when each has its final outcome, or when stopped. */
  async send(lines: AsyncIterable<InputLine> | Iterable<InputLine>): Promise<ProducerProgress> {
    const queue = requestsOf(lines)[Symbol.asyncIterator]();
    const work = async () => {
      for (let next = await queue.next(); !next.done && !this.#isStopped; next = await queue.next()) {
        await this.#deliver(next.value, 1, true);
      }
    };
    try {
      await Promise.all(Array.from({ length: this.#options.concurrency ?? 4 }, work));
    } finally {
      this.#agent.destroy();
    }
    return this.#progress;
  }

  /** The progress so far. */
  get progress(): ProducerProgress {
    return this.#progress;
  }

  get #isStopped(): boolean {
    return this.#options.stop?.aborted ?? false;
  }

  /** @param isNew whether the request's events are sent for the first time. */
  async #deliver(request: GatewayRequest, attempt: number, isNew: boolean): Promise<void> {
    const rendered = renderRequest(request);
    await this.#pacer.admit(request.lines.length, rendered.body.length);
    if (this.#isStopped) return;
    if (isNew) this.#progress.sent += request.lines.length;
    const answer = await this.#post(rendered);
    if (this.#isStopped) return;
    this.#progress.requests++;
    const isBatch = request.route !== Route.Single;
    if (isBatch && isRefusal(answer.status)) {
      for (const line of request.lines) await this.#deliver({ route: Route.Single, lines: [line] }, 1, false);
      return;
    }
    const answers = readAnswers(request, answer);
    const again: InputLine[] = [];
    for (const [index, line] of request.lines.entries()) {
      const one = answers[index] ?? { status: 502, reason: "the answer has no result for this event" };
      const isFinal = !isRetryable(one.status) || attempt >= (this.#options.maxAttempts ?? 12);
      if (isFinal) this.#finish(line, request.route, one);
      else again.push(line);
    }
    this.#options.onProgress?.(this.#progress);
    if (again.length === 0) return;
    this.#progress.resent += again.length;
    const ceiling = Math.min(BACKOFF_MAX_MS, BACKOFF_BASE_MS * 2 ** attempt);
    const backoffMs = Math.max(answer.retryAfterMs, ceiling * (this.#options.random ?? Math.random)());
    await this.#options.clock.wait(backoffMs, TimerKind.Data);
    await this.#deliver({ route: request.route, lines: again }, attempt + 1, false);
  }

  #finish(line: InputLine, route: Route, answer: EventAnswer): void {
    const { status, reason, shardId, sequenceNumber } = answer;
    let outcome: Outcome;
    if (status >= 200 && status < 300 && shardId && sequenceNumber) {
      outcome = { kind: "accepted", shardId, sequenceNumber };
      this.#progress.accepted++;
    } else if (isRefusal(status)) {
      outcome = { kind: "refused", status, reason };
      this.#progress.refused++;
    } else {
      outcome = { kind: "unanswered", status, reason };
    }
    this.#options.onOutcome({ line, route, outcome });
  }

  #post(rendered: { path: string; contentType: string; body: Buffer }): Promise<Answer> {
    return this.#options.clock.holding(
      () =>
        new Promise((resolve) => {
          const failed = (error: Error) => resolve({ status: 0, body: error.message, retryAfterMs: 0 });
          const outgoing = httpRequest(
            `${this.#options.gatewayUrl}${rendered.path}`,
            {
              method: "POST",
              agent: this.#agent,
              headers: {
                "content-type": rendered.contentType,
                "content-length": rendered.body.length,
                ...(this.#options.apiKey ? { "x-api-key": this.#options.apiKey } : {}),
              },
            },
            (response) => {
              const chunks: Buffer[] = [];
              response.on("data", (chunk: Buffer) => chunks.push(chunk));
              response.on("error", failed);
              response.on("end", () =>
                resolve({
                  status: response.statusCode ?? 0,
                  body: Buffer.concat(chunks).toString("utf8"),
                  retryAfterMs: Number(response.headers["retry-after"] ?? 0) * 1000 || 0,
                }),
              );
            },
          );
          outgoing.on("error", failed);
          outgoing.end(rendered.body);
        }),
    );
  }
}

async function* requestsOf(lines: AsyncIterable<InputLine> | Iterable<InputLine>): AsyncGenerator<GatewayRequest> {
  const builder = new RequestBuilder();
  for await (const line of lines) yield* builder.add(line);
  yield* builder.finish();
}

/** 429, 5xx and a broken connection (0) are retried; other 4xx are final. */
function isRetryable(status: number): boolean {
  return status === 0 || status === 429 || status >= 500;
}

function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 429;
}

/** One answer per event of the request; a 2xx answer that does not name the event's record counts as 502. */
function readAnswers(request: GatewayRequest, answer: Answer): EventAnswer[] {
  const reason = answer.body.trim().slice(0, REASON_LENGTH);
  if (answer.status < 200 || answer.status >= 300) return request.lines.map(() => ({ status: answer.status, reason }));
  let parsed: { results?: EventResult[] } & EventResult;
  try {
    parsed = JSON.parse(answer.body) as typeof parsed;
  } catch {
    return request.lines.map(() => ({ status: 502, reason: `the answer is not JSON: ${reason}` }));
  }
  const results: EventResult[] =
    request.route === Route.Single ? [{ ...parsed, status: answer.status }] : (parsed.results ?? []);
  if (results.length !== request.lines.length) {
    return request.lines.map(() => ({
      status: 502,
      reason: `${results.length} results for ${request.lines.length} events`,
    }));
  }
  return results.map((result) => ({
    status: result.status,
    shardId: result.shardId,
    sequenceNumber: result.sequenceNumber,
    reason: result.message ?? "",
  }));
}

interface EventResult {
  readonly status: number;
  readonly shardId?: string;
  readonly sequenceNumber?: string;
  readonly message?: string;
}
