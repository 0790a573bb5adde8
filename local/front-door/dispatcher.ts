import { randomUUID } from "node:crypto";
import type { Principal } from "../accounts/principal.ts";
import type { Hold } from "../clock.ts";
import type { Cloud } from "../cloud.ts";
import { AwsError, NotSupportedError } from "../errors.ts";
import { ConnectionResetError } from "../faults/kinds.ts";
import type { HttpRequest, HttpResponse, Service } from "../service.ts";
import { AuthFailure, authDialect, authError } from "./auth-errors.ts";
import { Authenticator } from "./authenticate.ts";
import { guessService } from "./guess-service.ts";
import { MalformedSignature, readSignature, type SignedRequest } from "./signature.ts";

/** An answer ready for the wire. */
export type Answer = HttpResponse;

/** In place of an answer: the connection breaks (a fault). */
export const RESET = Symbol("reset");

/** Longest body, in bytes, of a request for anything but a bucket. */
const MAX_CALL_BYTES = 32 * 1024 ** 2;

const EXECUTE_API = "/_aws/execute-api/";
const HEALTH = "/_tributary/health";
const DEFAULT_REGION = "us-east-1";
const ANONYMOUS: Principal = { kind: "anonymous", accountId: "", arn: "anonymous", userId: "" };

/** Takes a request to the service it is for and brings back the answer. It always answers: what nobody expected is a 500, and on stderr. */
export class Dispatcher {
  readonly #cloud: Cloud;
  readonly #authenticator: Authenticator;

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
    this.#authenticator = new Authenticator(cloud);
  }

  /** Says that a request is in flight; see `Clock.hold`. */
  hold(): Hold {
    return this.#cloud.clock.hold();
  }

  /** The answer to a body of more than `limit` bytes. */
  tooLarge(limit: number): Answer {
    return this.#finish(
      plain(413, { code: "RequestEntityTooLarge", message: `The body is longer than ${limit} bytes.` }),
    );
  }

  /** @param hold what says that this request is in flight. */
  async handle(request: HttpRequest, hold: Hold): Promise<Answer | typeof RESET> {
    try {
      if (request.path === HEALTH) return this.#finish(this.#health());
      if (request.path.startsWith(EXECUTE_API)) return this.#finish(await this.#invokeApi(request));
      return this.#finish(await this.#call(request, hold));
    } catch (error) {
      if (error instanceof ConnectionResetError) return RESET;
      const requestId = randomUUID();
      report(error, `answering ${request.method} ${request.path}`, requestId);
      return this.#finish(
        plain(500, { __type: "InternalFailure", message: "The answer could not be written." }, requestId),
      );
    }
  }

  #health(): HttpResponse {
    const services = Object.values(this.#cloud.services).map((service) => service.name);
    const body = { status: "ok", cloudTime: new Date(this.#cloud.clock.now()).toISOString(), services };
    return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  }

  async #invokeApi(request: HttpRequest): Promise<HttpResponse> {
    const { apigateway } = this.#cloud.services;
    const point = { service: "execute-api", operation: "Request", accountId: "" };
    try {
      return await this.#cloud.faults.around(point, { body: request.body }, () => apigateway.handle(request));
    } catch (error) {
      if (error instanceof ConnectionResetError) throw error;
      if (error instanceof AwsError) return plain(error.status, { message: error.message });
      const requestId = randomUUID();
      report(error, `${request.method} ${request.path}`, requestId);
      return plain(500, { message: "Internal server error" }, requestId);
    }
  }

  async #call(request: HttpRequest, hold: Hold): Promise<HttpResponse> {
    const requestId = randomUUID();
    let service: Service | undefined;
    let what = `${request.method} ${request.path}`;
    try {
      const signed = this.#readSignature(request);
      service = this.#serviceOf(request, signed?.service ?? guessService(request));
      const { principal, request: meant } = signed
        ? this.#authenticator.authenticate(request, signed)
        : this.#anonymous(request, service);
      if (service.name !== "s3" && meant.body.length > MAX_CALL_BYTES) {
        throw new AwsError("RequestEntityTooLarge", `The body is longer than ${MAX_CALL_BYTES} bytes.`, 413);
      }
      const { operation, params } = service.protocol.decode(bucketInPath(meant, service));
      what = `${service.name}:${operation}`;
      const output = await this.#cloud.call({
        service: service.name,
        operation,
        params,
        principal,
        region: signed?.region ?? DEFAULT_REGION,
        requestId,
        hold,
      });
      return service.protocol.encode(operation, output, requestId, request);
    } catch (error) {
      if (error instanceof ConnectionResetError) throw error;
      const known =
        error instanceof AwsError
          ? error
          : new AwsError("InternalFailure", "The local cloud failed: its error output says why.", 500);
      if (known !== error) report(error, what, requestId);
      return service
        ? service.protocol.encodeError(known, requestId, request)
        : plain(known.status, { __type: known.code, message: known.message }, requestId);
    }
  }

  #readSignature(request: HttpRequest): SignedRequest | undefined {
    try {
      return readSignature(request);
    } catch (error) {
      if (!(error instanceof MalformedSignature)) throw error;
      throw authError(authDialect(guessService(request)), AuthFailure.Malformed, error.message);
    }
  }

  #anonymous(request: HttpRequest, service: Service): { principal: Principal; request: HttpRequest } {
    if (service.name !== "s3") throw authError(authDialect(service.name), AuthFailure.Missing);
    return { principal: ANONYMOUS, request };
  }

  /** DynamoDB Streams signs as `dynamodb`: its target tells it. */
  #serviceOf(request: HttpRequest, name: string): Service {
    const isStreams = name === "dynamodb" && request.headers["x-amz-target"]?.startsWith("DynamoDBStreams_");
    const service = this.#cloud.service(isStreams ? "streams.dynamodb" : name);
    if (service) return service;
    const there = Object.values(this.#cloud.services).map((one) => one.name);
    throw new NotSupportedError(`the service "${name}"`, there.join(", "));
  }

  /** The SDK corrects its clock by `Date`, so that is cloud time. */
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

/** S3 clients put the bucket into the host on `localhost`: `<bucket>.localhost:<port>`. The services see one form only. */
function bucketInPath(request: HttpRequest, service: Service): HttpRequest {
  if (service.name !== "s3") return request;
  const bucket = /^(.+)\.localhost(:\d+)?$/.exec(request.headers["host"] ?? "")?.[1];
  return bucket ? { ...request, path: `/${bucket}${request.path}` } : request;
}

function plain(status: number, body: unknown, requestId: string = randomUUID()): HttpResponse {
  return {
    status,
    headers: { "content-type": "application/json", "x-amzn-requestid": requestId },
    body: JSON.stringify(body),
  };
}

/** A fault of the local cloud itself: never swallowed. */
function report(error: unknown, what: string, requestId: string): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`The local cloud failed in ${what} (request ${requestId}): ${text}\n`);
}
