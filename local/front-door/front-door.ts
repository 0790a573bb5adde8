import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { createServer as createHttp2Server, type Http2Server, type ServerHttp2Session } from "node:http2";
import { type AddressInfo, createServer as createNetServer, type Server as NetServer, type Socket } from "node:net";
import type { Cloud } from "../cloud.ts";
import { UserError } from "../errors.ts";
import { Dispatcher } from "./dispatcher.ts";
import { serveHttp1, serveHttp2 } from "./http-edges.ts";

const LOOPBACK = "127.0.0.1";

/** What every HTTP/2 connection begins with (`PRI * HTTP/2.0`); no HTTP/1.1 method does. */
const HTTP2_PREFACE = Buffer.from("PRI");

/** Milliseconds that an idle connection is kept; longer than SDK clients keep theirs. */
const KEEP_ALIVE_MS = 10 * 60_000;

/**
 * The way into the cloud for functions, SDKs, the AWS CLI and HTTP clients: one loopback port, HTTP/1.1 and h2c, AWS's wire protocols, SigV4
 * checked, every call evaluated by IAM.
 */
export class FrontDoor {
  readonly #cloud: Cloud;
  readonly #net: NetServer;
  readonly #http1: HttpServer;
  readonly #http2: Http2Server;
  readonly #sockets = new Set<Socket>();
  readonly #sessions = new Set<ServerHttp2Session>();

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
    const dispatcher = new Dispatcher(cloud);
    this.#http1 = createHttpServer(serveHttp1(dispatcher));
    this.#http1.keepAliveTimeout = KEEP_ALIVE_MS;
    this.#http1.headersTimeout = 0;
    this.#http1.requestTimeout = 0;
    this.#http2 = createHttp2Server();
    this.#http2.on("stream", serveHttp2(dispatcher));
    this.#http2.on("sessionError", () => {});
    this.#http2.on("session", (session: ServerHttp2Session) => {
      this.#sessions.add(session);
      session.once("close", () => this.#sessions.delete(session));
    });
    this.#net = createNetServer((socket) => this.#accept(socket));
  }

  /**
   * Begins to listen on 127.0.0.1 and sets the cloud's `endpointUrl`.
   * @param port default 0: any free one.
   * @throws UserError when the port is taken.
   */
  async listen(port = 0): Promise<{ port: number; endpointUrl: string }> {
    await new Promise<void>((resolve, reject) => {
      this.#net.once("error", (error: NodeJS.ErrnoException) =>
        reject(
          error.code === "EADDRINUSE"
            ? new UserError(
                `Port ${port} is in use. Choose another one: --port <number>, or --port 0 for any free one.`,
              )
            : error,
        ),
      );
      this.#net.listen(port, LOOPBACK, resolve);
    });
    const { port: actual } = this.#net.address() as AddressInfo;
    this.#cloud.endpointUrl = `http://${LOOPBACK}:${actual}`;
    return { port: actual, endpointUrl: this.#cloud.endpointUrl };
  }

  /** Stops listening and ends every connection. */
  async close(): Promise<void> {
    // A session keeps its connection until it is ended itself.
    for (const session of this.#sessions) session.destroy();
    for (const socket of this.#sockets) socket.destroy();
    if (!this.#net.listening) return;
    await new Promise<void>((resolve) => this.#net.close(() => resolve()));
  }

  /** Reads the first bytes of a connection to tell HTTP/2 from HTTP/1.1, and hands it on with them put back. */
  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.once("close", () => this.#sockets.delete(socket));
    const ignore = () => {};
    socket.on("error", ignore);
    let seen = Buffer.alloc(0);
    const peek = () => {
      for (;;) {
        const chunk: Buffer | null = socket.read();
        if (chunk === null) return;
        seen = Buffer.concat([seen, chunk]);
        const length = Math.min(seen.length, HTTP2_PREFACE.length);
        const canBeHttp2 = seen.subarray(0, length).equals(HTTP2_PREFACE.subarray(0, length));
        if (canBeHttp2 && length < HTTP2_PREFACE.length) continue;
        socket.removeListener("readable", peek);
        socket.removeListener("error", ignore);
        socket.unshift(seen);
        (canBeHttp2 ? this.#http2 : this.#http1).emit("connection", socket);
        return;
      }
    };
    socket.on("readable", peek);
  }
}
