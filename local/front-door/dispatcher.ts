import { randomUUID } from "node:crypto";
import { ConnectionResetError } from "../faults/errors.ts";
import type { CallRequest } from "../kernel/calls.ts";
import type { Clock } from "../kernel/clock.ts";
import { AwsError, NotSupportedError } from "../kernel/errors.ts";
import type { Faults } from "../kernel/fault-port.ts";
import type { Principal, Principals } from "../kernel/principal.ts";
import type { HttpRequest, HttpResponse, Service, Site, Wire } from "../kernel/service.ts";
import { AuthFailure, authError } from "../sigv4/auth-errors.ts";
import { Authenticator } from "../sigv4/authenticate.ts";
import { isSignedByVersion2, MalformedSignature, readSignature, type SignedRequest } from "../sigv4/signature.ts";
import { escapeXml } from "../wire/query.ts";
import { bodyLimit, MAX_CALL_BYTES, tooLong } from "./body-limit.ts";
import { guessService, signedService } from "./guess-service.ts";
import { isOwnHost, OWN_HOSTS } from "./hosts.ts";

/** The front door's view of the local cloud. */
export interface ServedCloud {
  readonly clock: Clock;
  readonly principals: Principals;
  readonly faults: Faults;
  /** Set once the front door listens. */
  endpointUrl: string;
  /** All services. */
  list(): readonly Service[];
  /** Makes one call. @throws AwsError. */
  call(request: CallRequest): Promise<unknown>;
}

/** A response ready for the wire. */
export type Answer = HttpResponse;

/** Instead of a response: a connection reset (a fault). */
export const RESET = Symbol("reset");

const HEALTH = "/_tributary/health";
/** Maximum length of an unknown host in a refusal. */
const MAX_QUOTED_HOST = 100;
const DEFAULT_REGION = "us-east-1";
const ANONYMOUS: Principal = { kind: "anonymous", accountId: "", arn: "anonymous", userId: "" };

/**
 * Routes a request to its service and returns the response. It always responds: an unexpected error becomes a 500, and
 * goes to stderr.
 */
export class Dispatcher {
  readonly #cloud: ServedCloud;
  readonly #authenticator: Authenticator;

  constructor(cloud: ServedCloud) {
    this.#cloud = cloud;
    this.#authenticator = new Authenticator(cloud);
  }

  /**
   * Bytes to read of a request's body: 0 if the request is refused in any case, or needs no body.
   * @param head a request before its body.
   */
  bodyLimit(head: HttpRequest): number {
    if (!isOwnHost(head.headers) || head.path === HEALTH) return 0;
    const site = this.#siteOf(head);
    if (site) return site.bodyLimit(head.path);
    try {
      const signed = readSignature(head);
      if (!signed) return MAX_CALL_BYTES;
      const service = this.#serviceOf(head, signed.service);
      this.#authenticator.identify(signed, service.wire);
      return bodyLimit(head, service.wire.body);
    } catch (error) {
      // `handle` reports the error in the service's words. With a malformed signature it may need the body to find the
      // service.
      if (error instanceof MalformedSignature) return MAX_CALL_BYTES;
      if (error instanceof AwsError) return 0;
      throw error;
    }
  }

  /** The response to a request that did not arrive in time. */
  timedOut(): Answer {
    const message = "The request did not arrive as a whole within the time that it has.";
    return this.#finish(plain(408, { code: "RequestTimeout", message }));
  }

  /** The response to CONNECT. */
  noTunnel(): Answer {
    return this.#finish(plain(405, { code: "MethodNotAllowed", message: "CONNECT is not served: this is no proxy." }));
  }

  /** A 500 for a response that could not be written; its error goes to stderr. */
  unwritable(error: unknown, what = "writing an answer"): Answer {
    const requestId = randomUUID();
    report(error, what, requestId);
    return this.#finish(
      plain(500, { __type: "InternalFailure", message: "The answer could not be written." }, requestId),
    );
  }

  /** @param request a complete request, except that a body over `bodyLimit` is missing. */
  async handle(request: HttpRequest): Promise<Answer | typeof RESET> {
    try {
      if (!isOwnHost(request.headers)) return this.#finish(misdirected(request));
      if (request.path === HEALTH) return this.#finish(this.#health());
      const site = this.#siteOf(request);
      if (site) return this.#finish(await this.#visit(site, request));
      return this.#finish(await this.#call(request));
    } catch (error) {
      if (error instanceof ConnectionResetError) return RESET;
      return this.unwritable(error, `answering ${request.method} ${request.path}`);
    }
  }

  #health(): HttpResponse {
    const services = this.#cloud.list().map((service) => service.name);
    const body = { status: "ok", cloudTime: new Date(this.#cloud.clock.now()).toISOString(), services };
    return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  }

  #siteOf({ path }: HttpRequest): Site | undefined {
    return this.#cloud.list().find(({ site }) => site && path.startsWith(site.prefix))?.site;
  }

  async #visit(site: Site, request: HttpRequest): Promise<HttpResponse> {
    const point = { ...site.faultPoint, accountId: "" };
    try {
      return await this.#cloud.clock.holding(() =>
        this.#cloud.faults.around(point, { body: request.body }, () => site.handle(request)),
      );
    } catch (error) {
      if (error instanceof ConnectionResetError) throw error;
      if (error instanceof AwsError) return plain(error.status, { message: error.message });
      const requestId = randomUUID();
      report(error, `${request.method} ${request.path}`, requestId);
      return plain(500, { message: "Internal server error" }, requestId);
    }
  }

  async #call(request: HttpRequest): Promise<HttpResponse> {
    const requestId = randomUUID();
    let service: Service | undefined;
    let what = `${request.method} ${request.path}`;
    try {
      if (isSignedByVersion2(request)) {
        service = this.#guess(request);
        throw authError(service.wire.dialect, AuthFailure.Version2);
      }
      const signed = this.#readSignature(request);
      service = signed ? this.#serviceOf(request, signed.service) : this.#guess(request);
      const { wire } = service;
      if (signed) this.#authenticator.identify(signed, wire);
      if (request.isBodyTooLong) throw tooLong(request, wire.body);
      const { principal, request: meant } = signed
        ? this.#authenticator.authenticate(request, signed, wire)
        : anonymous(request, wire);
      const { operation, params } = wire.protocol.decode(meant);
      what = `${service.name}:${operation}`;
      const output = await this.#cloud.call({
        service: service.name,
        operation,
        params,
        principal,
        region: signed?.region ?? DEFAULT_REGION,
        requestId,
      });
      return wire.protocol.encode(operation, output, requestId, request);
    } catch (error) {
      if (error instanceof ConnectionResetError) throw error;
      const known =
        error instanceof AwsError
          ? error
          : new AwsError("InternalFailure", "The local cloud failed: its error output says why.", 500);
      if (known !== error) report(error, what, requestId);
      return service
        ? service.wire.protocol.encodeError(known, requestId, request)
        : refusalWithoutService(request, known, requestId);
    }
  }

  #readSignature(request: HttpRequest): SignedRequest | undefined {
    try {
      return readSignature(request);
    } catch (error) {
      if (!(error instanceof MalformedSignature)) throw error;
      throw authError(this.#guess(request).wire.dialect, AuthFailure.Malformed, error.message);
    }
  }

  #guess(request: HttpRequest): Service {
    const service = guessService(request, this.#cloud.list());
    if (service) return service;
    throw new NotSupportedError(`requests to ${request.path}`);
  }

  #serviceOf(request: HttpRequest, name: string): Service {
    const service = signedService(request, name, this.#cloud.list());
    if (service) return service;
    const there = this.#cloud.list().map((one) => one.name);
    throw new NotSupportedError(`the service "${name}"`, there.join(", "));
  }

  /** Adds `Date` in cloud time, because the SDK corrects its clock by it. */
  #finish(response: HttpResponse): Answer {
    return {
      status: response.status,
      headers: {
        date: new Date(this.#cloud.clock.now()).toUTCString(),
        "content-length": String(Buffer.byteLength(response.body)),
        ...response.headers,
      },
      body: response.body,
    };
  }
}

function anonymous(request: HttpRequest, wire: Wire): { principal: Principal; request: HttpRequest } {
  if (!wire.isAnonymousAllowed) throw authError(wire.dialect, AuthFailure.Missing);
  return { principal: ANONYMOUS, request };
}

/** Refuses a web page's own host name for this cloud (DNS rebinding): see `isOwnHost`. */
function misdirected({ headers }: HttpRequest): HttpResponse {
  const host = (headers[":authority"] ?? headers["host"] ?? "").slice(0, MAX_QUOTED_HOST);
  return plain(421, {
    code: "MisdirectedRequest",
    message: `The host "${host}" is none of the local cloud's. Use one of: ${OWN_HOSTS}.`,
  });
}

function plain(status: number, body: unknown, requestId: string = randomUUID()): HttpResponse {
  return {
    status,
    headers: { "content-type": "application/json", "x-amzn-requestid": requestId },
    body: JSON.stringify(body),
  };
}

/** A refusal without a service, in the protocol of the request: XML for the Query protocol and EC2's, else JSON. */
function refusalWithoutService(request: HttpRequest, error: AwsError, requestId: string): HttpResponse {
  if (!request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) {
    return plain(error.status, { __type: error.code, message: error.message }, requestId);
  }
  const said = `<Error><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message></Error>`;
  // EC2's clients read the first form, all others the second.
  const isEc2 = signedFor(request) === "ec2";
  const body = isEc2
    ? `<Response><Errors>${said}</Errors><RequestID>${requestId}</RequestID></Response>`
    : `<ErrorResponse>${said}<RequestId>${requestId}</RequestId></ErrorResponse>`;
  return { status: error.status, headers: { "content-type": "text/xml", "x-amzn-requestid": requestId }, body };
}

function signedFor(request: HttpRequest): string | undefined {
  try {
    return readSignature(request)?.service;
  } catch {
    return undefined;
  }
}

/** An unexpected error of the local cloud: always on stderr. */
function report(error: unknown, what: string, requestId: string): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`The local cloud failed in ${what} (request ${requestId}): ${text}\n`);
}
