import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import type { HttpRequest } from "../service.ts";
import { type Answer, type Dispatcher, RESET } from "./dispatcher.ts";

/** Longest body, in bytes, of a request that is for a bucket; and of any other. */
const MAX_BODY_BYTES = 1024 ** 3;

/** The HTTP/1.1 side: a listener for `http.createServer`. */
export function serveHttp1(dispatcher: Dispatcher): RequestListener {
  return (incoming: IncomingMessage, response: ServerResponse) => {
    const url = incoming.url ?? "/";
    const release = dispatcher.hold();
    response.once("close", release);
    response.sendDate = false;
    readBody(incoming, (body) => {
      if (!body) {
        const answer = dispatcher.tooLarge(MAX_BODY_BYTES);
        response.writeHead(answer.status, { ...answer.headers, connection: "close" }).end(answer.body);
        return;
      }
      const request = toRequest(incoming.method ?? "GET", url, incoming.headers, body, incoming.socket.remoteAddress);
      void dispatcher.handle(request, release).then((answer) => {
        if (answer === RESET) {
          incoming.socket.destroy();
          return;
        }
        response.writeHead(answer.status, answer.headers);
        response.end(request.method === "HEAD" ? undefined : answer.body);
      });
    });
  };
}

/** The HTTP/2 side: a listener for a server's `stream` event. */
export function serveHttp2(dispatcher: Dispatcher): (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void {
  return (stream, headers) => {
    const release = dispatcher.hold();
    stream.once("close", release);
    stream.on("error", () => {});
    const respond = (answer: Answer, isHead: boolean) => {
      if (stream.destroyed || stream.closed) return;
      const { connection: _connection, ...plain } = answer.headers;
      stream.respond({ ":status": answer.status, ...plain }, { endStream: isHead });
      if (!isHead) stream.end(answer.body);
    };
    readBody(stream, (body) => {
      if (!body) return respond(dispatcher.tooLarge(MAX_BODY_BYTES), false);
      const { ":method": method = "GET", ":path": path = "/", ":scheme": _scheme, ...rest } = headers;
      // Clients of HTTP/2 may sign either of the two.
      const own = rest[":authority"] === undefined || rest.host ? rest : { ...rest, host: rest[":authority"] };
      const request = toRequest(String(method), String(path), own, body, stream.session?.socket.remoteAddress);
      void dispatcher.handle(request, release).then((answer) => {
        if (answer === RESET) stream.close(constants.NGHTTP2_INTERNAL_ERROR);
        else respond(answer, request.method === "HEAD");
      });
    });
  };
}

function toRequest(
  method: string,
  url: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
  sourceIp: string | undefined,
): HttpRequest {
  const at = url.indexOf("?");
  // Without a prototype: a header may be called as what every object inherits.
  const flat: Record<string, string> = Object.create(null);
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return {
    method,
    path: at < 0 ? url : url.slice(0, at),
    query: at < 0 ? "" : url.slice(at + 1),
    headers: flat,
    body,
    sourceIp: sourceIp ?? "127.0.0.1",
  };
}

/** Calls `done` once: with the whole body, or with undefined when it is too long. Never when the client goes away. */
function readBody(stream: NodeJS.ReadableStream, done: (body: Buffer | undefined) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  stream.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
    else if (chunks.length > 0) {
      chunks.length = 0;
      done(undefined);
    }
  });
  stream.on("end", () => {
    if (length <= MAX_BODY_BYTES) done(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
  });
}
