import dgram from "node:dgram";
import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

/** Whether a host is this machine. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, "").toLowerCase();
  return name === "localhost" || name === "::1" || /^127\.\d+\.\d+\.\d+$/.test(name) || name === "::ffff:127.0.0.1";
}

function refusal(host: string, syscall = "connect"): NodeJS.ErrnoException {
  return Object.assign(
    new Error(
      `A function in the local cloud may connect to this machine only, not to ${host}. AWS clients find the local cloud by AWS_ENDPOINT_URL: give them no other endpoint.`,
    ),
    { code: "ECONNREFUSED", errno: -111, syscall, address: host },
  );
}

interface ConnectOptions {
  readonly host?: string;
  readonly path?: string;
}

/** The host among the arguments of `connect`; Node's own modules pass an array with the options first. */
function connectOptions(args: readonly unknown[]): ConnectOptions {
  const [first, second] = args;
  if (Array.isArray(first)) return connectOptions(first);
  if (typeof first === "object" && first !== null) return first as ConnectOptions;
  if (typeof first === "string" && !/^\d+$/.test(first)) return { path: first };
  return typeof second === "string" ? { host: second } : {};
}

/** Refuses every connection and datagram to another machine, and every DNS lookup of another machine's name. */
export function allowLoopbackOnly(): void {
  guardConnections();
  guardDatagrams();
  guardLookups();
  guardQueries();
  syncBuiltinESMExports();
}

function guardConnections(): void {
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]): net.Socket {
    const { host, path } = connectOptions(args);
    if (!path && host !== undefined && !isLoopback(host)) {
      this.destroy(refusal(host));
      return this;
    }
    return Reflect.apply(connect, this, args) as net.Socket;
  } as typeof connect;
}

/**
 * Guards `send` and `connect` of datagram sockets: the address is the one string after the first argument; without it
 * the target is this machine.
 */
function guardDatagrams(): void {
  for (const name of ["send", "connect"] as const) {
    const method = dgram.Socket.prototype[name] as (...args: unknown[]) => unknown;
    const guarded = function (this: dgram.Socket, ...args: unknown[]): void {
      const host = args.slice(1).find((argument) => typeof argument === "string");
      if (host === undefined || isLoopback(host)) {
        Reflect.apply(method, this, args);
        return;
      }
      const error = refusal(host, name);
      const callback = args.at(-1);
      process.nextTick(() => (typeof callback === "function" ? callback(error) : this.emit("error", error)));
    };
    dgram.Socket.prototype[name] = guarded as never;
  }
}

function guardLookups(): void {
  const lookup = dns.lookup;
  const guardedLookup = (host: string, ...rest: unknown[]): void => {
    const callback = rest.at(-1) as (error: Error) => void;
    if (isLoopback(host) || net.isIP(host) !== 0) Reflect.apply(lookup, dns, [host, ...rest]);
    else process.nextTick(callback, refusal(host));
  };
  dns.lookup = Object.assign(guardedLookup, { __promisify__: lookup.__promisify__ }) as unknown as typeof lookup;
  const lookupPromise = dns.promises.lookup;
  dns.promises.lookup = (async (host: string, ...rest: unknown[]) => {
    if (!isLoopback(host) && net.isIP(host) === 0) throw refusal(host);
    return Reflect.apply(lookupPromise, dns.promises, [host, ...rest]);
  }) as typeof lookupPromise;
}

/** Guards DNS queries: they go to a name server directly. */
function guardQueries(): void {
  type Query = (...args: unknown[]) => unknown;
  const withCallback: Query = (host, ...rest) => {
    const callback = rest.at(-1) as (error: Error) => void;
    process.nextTick(callback, refusal(String(host), "query"));
  };
  const withPromise: Query = async (host) => {
    throw refusal(String(host), "query");
  };
  for (const [holder, query] of [
    [dns, withCallback],
    [dns.Resolver.prototype, withCallback],
    [dns.promises, withPromise],
    [dns.promises.Resolver.prototype, withPromise],
  ] as const) {
    for (const name of namesUpTo(holder, Object.prototype)) {
      if (/^(resolve|reverse|lookupService)/.test(name)) Object.assign(holder, { [name]: query });
    }
  }
}

/** The property names of an object, own and inherited, up to a prototype. */
function namesUpTo(holder: object, end: object): string[] {
  const names: string[] = [];
  for (let at: object | null = holder; at && at !== end; at = Object.getPrototypeOf(at)) {
    names.push(...Object.getOwnPropertyNames(at));
  }
  return names;
}
