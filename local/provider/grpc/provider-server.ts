import { createServer, type Socket, type Server as SocketServer } from "node:net";
import * as grpc from "@grpc/grpc-js";
import { MAX_MESSAGE_BYTES, providerServices } from "../../kernel/pulumi-protocol.ts";
import type { Provider } from "../../resource-types/provider.ts";
import type { ResourceType } from "../../resource-types/resource-type.ts";
import { type OwnerLookup, ownerLookupOf } from "./connection-owner.ts";
import { EngineLog } from "./engine-log.ts";
import { resourceProvider } from "./resource-provider.ts";

export interface ProviderServerOptions {
  /** Makes a provider that is not configured yet. */
  readonly newProvider: () => Provider;
  /** The resource types of its providers. */
  readonly types: Iterable<ResourceType>;
  /** Version of the `aws` package that the provider replaces, such as `7.48.0`. */
  readonly version: string;
  /** Looks up who owns the remote end of a connection; default: this platform's way, which only Linux has. */
  readonly ownerOf?: OwnerLookup | undefined;
  /** Called for every refused connection with the reason; default: prints a line on stderr. */
  readonly onRefused?: (reason: string) => void;
}

interface Connection {
  readonly socket: Socket;
  provider?: Provider;
  /** Log of the attached engine. */
  engine?: EngineLog;
}

/**
 * Serves a provider to Pulumi engines on one loopback port, for `PULUMI_DEBUG_PROVIDERS=aws:<port>`.
 *
 * Accepts connections of this user only, where the owner can be looked up: callers can make resources and have files
 * read.
 *
 * Each provider instance of a program has its own connection. It is created at `attach`, replaced at `configure`, and
 * ends when the engine cancels it or closes the connection.
 */
export class ProviderServer {
  readonly #newProvider: () => Provider;
  readonly #ownerOf: OwnerLookup | undefined;
  readonly #onRefused: (reason: string) => void;
  readonly #grpc: grpc.Server;
  readonly #injector: ReturnType<grpc.Server["createConnectionInjector"]>;
  readonly #sockets: SocketServer;
  /** By the remote address of the connection. */
  readonly #connections = new Map<string, Connection>();

  constructor(options: ProviderServerOptions) {
    this.#newProvider = options.newProvider;
    this.#ownerOf = "ownerOf" in options ? options.ownerOf : ownerLookupOf(process.platform);
    this.#onRefused = options.onRefused ?? ((reason) => process.stderr.write(`${reason}\n`));
    this.#grpc = new grpc.Server({
      "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
      "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
    });
    const service = resourceProvider({
      version: options.version,
      types: () => options.types,
      start: (peer) => this.#start(peer),
      attach: (peer, address) => this.#attach(peer, address),
      engineOf: (peer) => this.#connections.get(peer)?.engine,
      find: (peer) => this.#find(peer),
      end: (peer) => {
        const connection = this.#connections.get(peer);
        if (connection) connection.provider = undefined;
      },
    });
    this.#grpc.addService(providerServices.ResourceProviderService, service);
    this.#injector = this.#grpc.createConnectionInjector(grpc.ServerCredentials.createInsecure());
    this.#sockets = createServer((socket) => void this.#accept(socket));
  }

  /** Whether every user of this machine can connect. */
  get isOpenToOthers(): boolean {
    return this.#ownerOf === undefined;
  }

  /** Number of provider instances. */
  get instances(): number {
    return [...this.#connections.values()].filter(({ provider }) => provider).length;
  }

  /** Number of open connections. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Listens on 127.0.0.1. @param port 0 for any free one. @returns the port. */
  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#sockets.once("error", reject);
      this.#sockets.listen(port, "127.0.0.1", resolve);
    });
    const address = this.#sockets.address();
    return typeof address === "object" && address ? address.port : port;
  }

  /** Ends all connections and stops listening. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      if (this.#sockets.listening) this.#sockets.close(() => resolve());
      else resolve();
    });
    this.#injector.destroy();
    for (const { socket } of this.#connections.values()) socket.destroy();
    this.#grpc.forceShutdown();
    await closed;
  }

  async #accept(socket: Socket): Promise<void> {
    const peer = `${socket.remoteAddress}:${socket.remotePort}`;
    this.#connections.set(peer, { socket });
    // The port may be in use again by another connection: remove this one's entry only.
    socket.once("close", () => {
      const connection = this.#connections.get(peer);
      if (connection?.socket !== socket) return;
      this.#connections.delete(peer);
      connection.engine?.close();
    });
    // Until the gRPC server takes the socket, nothing else handles its errors.
    socket.on("error", () => {});
    const refusal = await this.#refusalOf(socket);
    if (socket.destroyed) return;
    if (refusal === undefined) this.#injector.injectConnection(socket);
    else {
      this.#onRefused(refusal);
      socket.destroy();
    }
  }

  /** Why a connection is refused; undefined when it is accepted. */
  async #refusalOf({
    localAddress = "",
    localPort = 0,
    remoteAddress = "",
    remotePort = 0,
  }: Socket): Promise<string | undefined> {
    if (!this.#ownerOf) return undefined;
    const refused = `Refused a connection from ${remoteAddress}:${remotePort} to the provider's port`;
    let owner: number | undefined;
    try {
      owner = await this.#ownerOf({ localAddress, localPort, remoteAddress, remotePort });
    } catch (error) {
      return `${refused}: its owner cannot be looked up (${(error as Error).message}).`;
    }
    if (owner === undefined) return `${refused}: the kernel does not know its owner.`;
    const own = process.geteuid?.();
    return owner === own ? undefined : `${refused}: it belongs to user ${owner}, and this is user ${own}.`;
  }

  #start(peer: string): Provider {
    const connection = this.#connections.get(peer);
    if (!connection) throw new Error(`The connection of ${peer} is closed.`);
    connection.provider = this.#newProvider();
    return connection.provider;
  }

  #attach(peer: string, address: string): void {
    this.#start(peer);
    const connection = this.#connections.get(peer);
    if (!connection) return;
    connection.engine?.close();
    connection.engine = address === "" ? undefined : new EngineLog(address);
  }

  #find(peer: string): Provider | undefined {
    return this.#connections.get(peer)?.provider;
  }
}
