import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A request as it arrived. */
export interface Captured {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the server does with a request; by default it answers that all items are processed. */
export type Answer = (response: ServerResponse, request: IncomingMessage, callNumber: number) => void;

/** Answers with a status, a body and headers. */
export function answerWith(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => {
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0", ...headers });
    response.end(body);
  };
}

/** A server on this machine that keeps every request, and answers as a test says. */
export class CapturingServer {
  readonly requests: Captured[] = [];
  readonly sockets = new Set<Socket>();
  answer: Answer = answerWith(200, '{"UnprocessedItems":{}}');
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { method = "", url: path = "", headers } = request;
        this.requests.push({ method, path, headers, body: Buffer.concat(chunks).toString() });
        this.answer(response, request, this.requests.length);
      });
    });
    this.#server.on("connection", (socket) => this.sockets.add(socket));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
