import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import { REQUEST_LIMITS } from "../../../shared/client-settings.ts";
import type { Endpoint } from "./endpoint.ts";

/** An answer, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** Sends `POST /` with a body, on connections that are kept. */
export interface HttpSender {
  /**
   * @param headers all headers, as a list of names and values
   * @throws an Error with the socket's `code`, or of the name TimeoutError; both may be retried
   */
  send(headers: readonly string[], body: Buffer, signal: AbortSignal): Promise<HttpAnswer>;
}

interface Limits {
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
}

/** As many connections as the AWS SDK keeps. */
const MAX_SOCKETS = 50;
/** More than BatchWriteItem can answer: 16 MB of unprocessed items. */
const MAX_ANSWER_BYTES = 20 * 1_024 * 1_024;

/** A kept connection that the server has closed meanwhile ends so, such as after a container was frozen. */
const STALE_CODES: ReadonlySet<string | undefined> = new Set(["ECONNRESET", "EPIPE"]);

/** @param limits milliseconds until a connection stands, and until the answer is complete */
export function createHttpSender(endpoint: Endpoint, limits: Limits = REQUEST_LIMITS): HttpSender {
  const { isSecure, hostname, port } = endpoint;
  const pool = { keepAlive: true, maxSockets: MAX_SOCKETS };
  const request = isSecure ? httpsRequest : httpRequest;
  const target = {
    agent: isSecure ? new HttpsAgent(pool) : new HttpAgent(pool),
    hostname,
    port,
    method: "POST",
    path: "/",
    setHost: false,
  };

  return {
    async send(headers, body, signal) {
      for (;;) {
        const outgoing = request({ ...target, headers });
        const answer = await exchange(outgoing, body, { signal, limits });
        // No stale connection is taken twice, so this ends.
        if (answer !== undefined) return answer;
      }
    },
  };
}

/** Sends one request. Undefined when its connection turned out to be stale before there was an answer. */
function exchange(
  outgoing: ClientRequest,
  body: Buffer,
  { signal, limits: { connectionTimeout, requestTimeout } }: { readonly signal: AbortSignal; readonly limits: Limits },
): Promise<HttpAnswer | undefined> {
  return new Promise((resolve, reject) => {
    const timeout = setTimeout(() => outgoing.destroy(timeoutError("answer", requestTimeout)), requestTimeout);
    const abort = (): void => void outgoing.destroy(signal.reason as Error);
    const end = (): void => {
      clearTimeout(timeout);
      signal.removeEventListener("abort", abort);
    };
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      end();
      if (outgoing.reusedSocket && STALE_CODES.has(error.code)) resolve(undefined);
      else reject(error);
    });
    // Without a listener Node.js closes the connection, and tells nobody.
    outgoing.on("upgrade", (answer, socket) => {
      socket.destroy();
      end();
      reject(Object.assign(new Error(`DynamoDB answered with status ${answer.statusCode}`), { code: "ECONNABORTED" }));
    });
    outgoing.on("socket", (socket) => {
      if (socket.connecting) limitConnecting(outgoing, socket, connectionTimeout);
    });
    outgoing.on("response", (answer) => {
      readBody(answer).then(
        (read) => {
          end();
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: read });
        },
        (error: unknown) => {
          end();
          outgoing.destroy();
          reject(error);
        },
      );
    });
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort);
    outgoing.end(body);
  });
}

function limitConnecting(outgoing: ClientRequest, socket: Socket, milliseconds: number): void {
  const timeout = setTimeout(() => outgoing.destroy(timeoutError("connection", milliseconds)), milliseconds);
  const end = (): void => clearTimeout(timeout);
  socket.once("connect", end);
  socket.once("close", end);
}

function readBody(answer: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    answer.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > MAX_ANSWER_BYTES) reject(new Error(`DynamoDB's answer has over ${MAX_ANSWER_BYTES} bytes`));
      else chunks.push(chunk);
    });
    answer.on("error", reject);
    answer.on("end", () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
  });
}

function timeoutError(what: string, milliseconds: number): Error {
  return Object.assign(new Error(`DynamoDB gave no ${what} within ${milliseconds} ms`), { name: "TimeoutError" });
}
