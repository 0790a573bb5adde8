import { type IncomingMessage, type RequestListener, ServerResponse } from "node:http";
import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import type { Socket } from "node:net";
import type { HttpRequest } from "../kernel/service.ts";
import { announcedLength } from "./body-limit.ts";
import { type Answer, type Dispatcher, RESET } from "./dispatcher.ts";

const NO_BODY = Buffer.alloc(0);

/**
 * The HTTP/1.1 side: a listener for the `request` and the `checkContinue` events of an HTTP server, which itself closes
 * late requests. A client with `Expect: 100-continue` gets the 100 only if its body will be read.
 */
export function serveHttp1(dispatcher: Dispatcher): RequestListener {
  return (incoming: IncomingMessage, response: ServerResponse) => {
    const head = toHead(incoming.method ?? "GET", incoming.url ?? "/", incoming.headers, incoming.socket.remoteAddress);
    response.sendDate = false;
    const goOn = () => {
      if (/^100-continue$/i.test(head.headers["expect"] ?? "")) response.writeContinue();
    };
    readRequest(incoming, head, dispatcher.bodyLimit(head), goOn, (request) => {
      void dispatcher.handle(request).then((answer) => {
        if (answer === RESET) {
          incoming.socket.destroy();
          return;
        }
        send(response, answer, request.method === "HEAD", dispatcher);
      });
    });
  };
}

/** Sends a response, or a 500 if it cannot be written: without any the client would wait for ever. */
function send(response: ServerResponse, answer: Answer, isHead: boolean, dispatcher: Dispatcher): void {
  try {
    response.writeHead(answer.status, lengthLast(answer.headers));
  } catch (error) {
    send(response, dispatcher.unwritable(error), isHead, dispatcher);
    return;
  }
  // As bytes: with a string Node.js also writes the head in the string's encoding, which corrupts non-ASCII headers.
  response.end(isHead ? undefined : Buffer.from(answer.body));
}

/**
 * Puts `Content-Length` last, so that Node.js leaves the headers unchanged. Once it knows a length, it reads
 * `Content-Disposition` as UTF-8 (nodejs/node pull request 46528): it would send different bytes, and refuse characters
 * outside ISO-8859-1.
 */
function lengthLast({ "content-length": length, ...headers }: Answer["headers"]): Record<string, string> {
  return length === undefined ? headers : { ...headers, "content-length": length };
}

/**
 * The HTTP/1.1 side of CONNECT, which asks for a tunnel: a listener for the `connect` event of an HTTP server. It
 * responds and closes the connection.
 */
export function refuseConnect(dispatcher: Dispatcher): (incoming: IncomingMessage, socket: Socket) => void {
  return (incoming, socket) => {
    socket.on("error", () => {});
    const answer = dispatcher.noTunnel();
    const response = new ServerResponse(incoming);
    response.sendDate = false;
    response.assignSocket(socket);
    response.once("finish", () => socket.end());
    response.writeHead(answer.status, { ...answer.headers, connection: "close" }).end(answer.body);
  };
}

/**
 * The HTTP/2 side: a listener for a server's `stream` event.
 * @param requestTimeoutMs time limit for the arrival of a complete request, in milliseconds.
 */
export function serveHttp2(
  dispatcher: Dispatcher,
  requestTimeoutMs: number,
): (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void {
  return (stream, headers) => {
    stream.on("error", () => {});
    const respond = (answer: Answer, isHead: boolean) => {
      if (stream.destroyed || stream.closed) return;
      const { connection: _connection, ...plain } = answer.headers;
      stream.respond({ ":status": answer.status, ...plain }, { endStream: isHead });
      if (!isHead) stream.end(answer.body);
    };
    const timer = setTimeout(() => {
      if (!stream.headersSent) respond(dispatcher.timedOut(), false);
      stream.close(constants.NGHTTP2_NO_ERROR);
    }, requestTimeoutMs);
    timer.unref();
    for (const event of ["end", "close"]) stream.once(event, () => clearTimeout(timer));
    if (headers[":method"] === "CONNECT") return respond(dispatcher.noTunnel(), false);
    const { ":method": method = "GET", ":path": path = "/", ":scheme": _scheme, ...rest } = headers;
    // HTTP/2 clients may sign either header.
    const own = rest[":authority"] === undefined || rest.host ? rest : { ...rest, host: rest[":authority"] };
    const head = toHead(String(method), String(path), own, stream.session?.socket.remoteAddress);
    const goOn = () => {
      if (/^100-continue$/i.test(head.headers["expect"] ?? "")) stream.additionalHeaders({ ":status": 100 });
    };
    readRequest(stream, head, dispatcher.bodyLimit(head), goOn, (request) => {
      void dispatcher.handle(request).then((answer) => {
        if (answer === RESET) stream.close(constants.NGHTTP2_INTERNAL_ERROR);
        else respond(answer, request.method === "HEAD");
      });
    });
  };
}

/** A target in absolute form, as clients send it to a proxy: scheme and host precede the path (RFC 9112, 3.2.2). */
const ABSOLUTE_FORM = /^https?:\/\/([^/?#]*)(.*)$/is;

function toHead(
  method: string,
  target: string,
  headers: IncomingHttpHeaders,
  sourceIp: string | undefined,
): HttpRequest {
  const [, host, afterHost = ""] = ABSOLUTE_FORM.exec(target) ?? [];
  const url = host === undefined ? target : afterHost.replace(/^(?!\/)/, "/");
  const at = url.indexOf("?");
  // Without a prototype, because a header may have the name of an inherited property.
  const flat: Record<string, string> = Object.create(null);
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  if (host !== undefined) {
    flat[":authority"] = host;
    flat["host"] ??= host;
  }
  return {
    method,
    path: at < 0 ? url : url.slice(0, at),
    query: at < 0 ? "" : url.slice(at + 1),
    headers: flat,
    body: NO_BODY,
    sourceIp: sourceIp ?? "127.0.0.1",
  };
}

/**
 * Calls `done` once: with the complete request, or, as soon as its body exceeds the limit, without the body, and then
 * discards the remaining bytes. Never when the client disconnects.
 * @param goOn called when the body is about to be read.
 */
function readRequest(
  stream: NodeJS.ReadableStream,
  head: HttpRequest,
  limit: number,
  goOn: () => void,
  done: (request: HttpRequest) => void,
): void {
  let chunks: Buffer[] = [];
  let length = 0;
  let isTooLong = false;
  const refuse = () => {
    isTooLong = true;
    chunks = [];
    done({ ...head, isBodyTooLong: true });
  };
  if ((announcedLength(head) ?? 0) > limit) refuse();
  else goOn();
  stream.on("data", (chunk: Buffer) => {
    if (isTooLong) return;
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else refuse();
  });
  stream.on("end", () => {
    if (!isTooLong) done({ ...head, body: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks) });
  });
}
