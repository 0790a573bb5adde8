import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { createServer as createHttp2Server, type Http2Server, type ServerHttp2Session } from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { UserError } from "../kernel/errors.ts";
import { Dispatcher, type ServedCloud } from "./dispatcher.ts";
import { refuseConnect, serveHttp1, serveHttp2 } from "./http-edges.ts";

const LOOPBACK = "127.0.0.1";

/** The first bytes of every HTTP/2 connection (`PRI * HTTP/2.0`); no HTTP/1.1 method begins like that. */
const HTTP2_PREFACE = Buffer.from("PRI");

/** Idle timeout of a connection, in milliseconds; longer than that of SDK clients. */
const KEEP_ALIVE_MS = 10 * 60_000;

/** Time limit for the arrival of a complete request, in milliseconds. */
const REQUEST_TIMEOUT_MS = 5 * 60_000;

/** Interval of the check for late requests, in milliseconds. */
const TIMEOUT_CHECK_MS = 30_000;

/** The options of a front door. */
export interface FrontDoorOptions {
  /** Time limit for the arrival of a complete request, in milliseconds; default five minutes. */
  readonly requestTimeoutMs?: number;
}

/**
 * The endpoint of the cloud for functions, SDKs, the AWS CLI and HTTP clients: one loopback port, HTTP/1.1 and h2c,
 * AWS's wire protocols, SigV4 verified, every call evaluated by IAM.
 *
 * The HTTP/1.1 server listens, because only a listening server enforces its own time limits; HTTP/2 connections are
 * handed to the other server.
 */
export class FrontDoor {
  readonly #cloud: ServedCloud;
  readonly #http1: HttpServer;
  readonly #http2: Http2Server;
  readonly #requestTimeoutMs: number;
  readonly #sockets = new Set<Socket>();
  readonly #sessions = new Set<ServerHttp2Session>();

  constructor(cloud: ServedCloud, options: FrontDoorOptions = {}) {
    this.#cloud = cloud;
    this.#requestTimeoutMs = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
    const dispatcher = new Dispatcher(cloud);
    const onRequest = serveHttp1(dispatcher);
    this.#http1 = createHttpServer({
      keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: this.#requestTimeoutMs,
      requestTimeout: this.#requestTimeoutMs,
      connectionsCheckingInterval: Math.min(TIMEOUT_CHECK_MS, this.#requestTimeoutMs),
      // `isOwnHost` refuses a request without a host, with a message.
      requireHostHeader: false,
    });
    this.#http1.on("request", onRequest).on("checkContinue", onRequest);
    this.#http1.on("connect", refuseConnect(dispatcher));
    this.#http2 = createHttp2Server();
    this.#http2.on("stream", serveHttp2(dispatcher, this.#requestTimeoutMs));
    this.#http2.on("sessionError", () => {});
    this.#http2.on("session", (session: ServerHttp2Session) => {
      this.#sessions.add(session);
      session.once("close", () => this.#sessions.delete(session));
    });
    const [serve] = this.#http1.listeners("connection") as [(socket: Socket) => void];
    this.#http1.removeListener("connection", serve);
    this.#http1.on("connection", (socket: Socket) => this.#accept(socket, serve));
  }

  /**
   * Listens on 127.0.0.1 and sets the cloud's `endpointUrl`.
   * @param port default 0: any free one.
   * @throws UserError when the port is taken.
   */
  async listen(port = 0): Promise<{ port: number; endpointUrl: string }> {
    await new Promise<void>((resolve, reject) => {
      this.#http1.once("error", (error: NodeJS.ErrnoException) =>
        reject(
          error.code === "EADDRINUSE"
            ? new UserError(
                `Port ${port} is in use. Choose another one: --port <number>, or --port 0 for any free one.`,
              )
            : error,
        ),
      );
      this.#http1.listen(port, LOOPBACK, resolve);
    });
    const { port: actual } = this.#http1.address() as AddressInfo;
    this.#cloud.endpointUrl = `http://${LOOPBACK}:${actual}`;
    return { port: actual, endpointUrl: this.#cloud.endpointUrl };
  }

  /** Stops listening and closes every connection. */
  async close(): Promise<void> {
    // An HTTP/2 session keeps its connection open until the session itself is destroyed.
    for (const session of this.#sessions) session.destroy();
    for (const socket of this.#sockets) socket.destroy();
    if (!this.#http1.listening) return;
    await new Promise<void>((resolve) => this.#http1.close(() => resolve()));
  }

  /**
   * Reads the first bytes of a connection to tell HTTP/2 from HTTP/1.1, puts them back, and hands the connection on.
   * @param serveHttp1 the HTTP/1.1 server's handler for a connection.
   */
  #accept(socket: Socket, serveHttp1: (socket: Socket) => void): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.once("close", () => this.#sockets.delete(socket));
    const drop = () => socket.destroy();
    let isTold = false;
    // Bytes that arrived while this process was busy are read before the check: timers run before reads, immediates
    // after.
    const dropSilent = () => setImmediate(() => void (isTold || drop()));
    const late = setTimeout(dropSilent, this.#requestTimeoutMs).unref();
    for (const event of ["error", "end"]) socket.on(event, drop);
    let seen = Buffer.alloc(0);
    const peek = () => {
      for (;;) {
        const chunk: Buffer | null = socket.read();
        if (chunk === null) return;
        seen = Buffer.concat([seen, chunk]);
        const length = Math.min(seen.length, HTTP2_PREFACE.length);
        const canBeHttp2 = seen.subarray(0, length).equals(HTTP2_PREFACE.subarray(0, length));
        if (canBeHttp2 && length < HTTP2_PREFACE.length) continue;
        isTold = true;
        clearTimeout(late);
        socket.removeListener("readable", peek);
        for (const event of ["error", "end"]) socket.removeListener(event, drop);
        socket.unshift(seen);
        if (canBeHttp2) this.#http2.emit("connection", socket);
        else serveHttp1.call(this.#http1, socket);
        return;
      }
    };
    socket.on("readable", peek);
    socket.once("close", () => clearTimeout(late));
  }
}
