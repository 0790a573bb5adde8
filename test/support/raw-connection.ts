import { type ClientHttp2Session, connect as connectHttp2, constants } from "node:http2";
import { connect, type Socket } from "node:net";

/** The result of a raw call. */
export interface RawAnswer {
  /** gRPC status: "0" is OK; undefined when the connection ended before. */
  readonly status: string | undefined;
  readonly message: string;
}

/**
 * An HTTP/2 connection to a provider's port without a gRPC client. Its local port can be chosen, and it can be reset
 * as by a killed process.
 */
export class RawConnection {
  readonly #socket: Socket;
  readonly #session: ClientHttp2Session;

  /** @param from where it comes from. @default a free port of 127.0.0.1 */
  static async open(
    port: number,
    from: { readonly localAddress?: string; readonly localPort?: number } = {},
  ): Promise<RawConnection> {
    const socket = connect({ host: "127.0.0.1", port, ...from });
    await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
    return new RawConnection(socket, port);
  }

  private constructor(socket: Socket, port: number) {
    this.#socket = socket;
    // Errors of the connection show in its calls.
    socket.on("error", () => {});
    this.#session = connectHttp2(`http://127.0.0.1:${port}`, { createConnection: () => socket });
    this.#session.on("error", () => {});
  }

  get localPort(): number {
    return this.#socket.localPort ?? 0;
  }

  /** One call. @param body content of the DATA frames: a gRPC message starts with a zero and its length. */
  call(method: string, body: Buffer): Promise<RawAnswer> {
    const stream = this.#session.request({
      [constants.HTTP2_HEADER_METHOD]: "POST",
      [constants.HTTP2_HEADER_PATH]: `/pulumirpc.ResourceProvider/${method}`,
      "content-type": "application/grpc",
      te: "trailers",
    });
    return new Promise((resolve) => {
      let answer: RawAnswer = { status: undefined, message: "" };
      const read = (headers: Readonly<Record<string, unknown>>) => {
        if (headers["grpc-status"] === undefined) return;
        const message = decodeURIComponent(String(headers["grpc-message"] ?? ""));
        answer = { status: String(headers["grpc-status"]), message };
      };
      stream
        .on("response", read)
        .on("trailers", read)
        .on("error", () => {})
        .on("data", () => {});
      stream.on("close", () => resolve(answer));
      stream.end(body);
    });
  }

  /** Resets the connection, so that its port is free immediately. */
  kill(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#socket.once("close", () => resolve()));
    this.#socket.resetAndDestroy();
    this.#session.destroy();
    return closed;
  }
}

/** Frames a gRPC message: uncompressed, length, bytes. */
export function framed(bytes: Uint8Array): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([header, bytes]);
}
