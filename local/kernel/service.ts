import type { z } from "zod";
import type { Clock, Hold } from "./clock.ts";
import type { AwsError } from "./errors.ts";
import type { Metrics } from "./metrics.ts";
import type { Place } from "./place.ts";
import type { PolicyDocument } from "./policy.ts";
import type { Principal } from "./principal.ts";
import type { Roles } from "./roles.ts";

/** One call to one operation, after the front door (or another service) has said who asks. */
export interface Call {
  readonly clock: Clock;
  /** Signing name of the service, such as `kinesis`. */
  readonly service: string;
  /** Operation, such as `PutRecords`. */
  readonly operation: string;
  readonly principal: Principal;
  /** Account that the call addresses: the principal's own, unless a parameter names another account's ARN. */
  readonly accountId: string;
  readonly region: string;
  readonly requestId: string;
  /** Of a service's call: ARN of the resource on whose behalf it calls (`aws:SourceArn`; its account is `aws:SourceAccount`). */
  readonly sourceArn?: string;
  /** What says that this call is in flight; see `pausedFor`. */
  readonly hold?: Hold;
  /** Adds to the call's trace record: counts and identifiers, never payloads. */
  note(facts: Readonly<Record<string, string | number | boolean>>): void;
}

/** Lets cloud time go on while a call waits on purpose, such as a long poll. */
export function pausedFor<T>(call: Pick<Call, "hold">, work: () => Promise<T>): Promise<T> {
  return call.hold ? call.hold.pausedFor(work) : work();
}

/** One question to IAM. All questions of a call must be answered with allow. */
export interface AuthorizationRequest {
  /** Such as `kinesis:PutRecords`. */
  readonly action: string;
  /** ARN, or `*` for actions that have no resource. */
  readonly resource: string;
  /** Condition keys of this request beside the global ones, such as `{ "sts:ExternalId": "…" }`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** The resource's own policy, where it has one. */
  readonly resourcePolicy?: PolicyDocument;
  /** The resource policy is a role's trust policy: without its consent nobody gets in, not even the role's own account. */
  readonly isTrustPolicy?: boolean;
  /** Account that owns the resource; default: from the ARN, else the call's. */
  readonly resourceAccountId?: string;
}

/** What an operation accepts, asks of IAM, and does. Parameters and answers have the wire's JSON shape: blobs are base64 strings, times are epoch seconds. */
export interface Operation<P = unknown, R = unknown> {
  /** Strict: a parameter that the local cloud does not support is refused by name. Default: what AWS's model says of the operation (`Service.wire`). */
  readonly input?: z.ZodType<P>;
  /** Asked before `run`; empty only for operations that AWS lets everyone call (such as GetCallerIdentity). */
  authorize(params: P, call: Call): readonly AuthorizationRequest[];
  run(params: P, call: Call): R | Promise<R>;
}

/** Gives `authorize` and `run` the type that `input` parses to. */
export function defineOperation<P, R>(operation: Operation<P, R>): Operation {
  return operation as unknown as Operation;
}

/**
 * Operations whose inputs AWS's model says: their `params` have its types, by their names.
 * `I`: `Inputs` of the service's file in `local/wire/models/`, such as `defineOperations<Inputs>({ GetRecords: { authorize: …, run: … } })`.
 */
export function defineOperations<I>(
  operations: {
    readonly [Name in keyof I]?: Operation<I[Name]>;
  },
): Readonly<Record<string, Operation>> {
  return operations as Readonly<Record<string, Operation>>;
}

/** An HTTP request as the front door read it. Header names are in lower case; repeated headers are joined by ", ". */
export interface HttpRequest {
  readonly method: string;
  /** Undecoded path, without the query, beginning with "/". */
  readonly path: string;
  /** Undecoded query, without "?"; "" if there is none. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The body is longer than it may be: what there is of it was not kept, and `body` is empty. */
  readonly isBodyTooLong?: boolean;
  readonly sourceIp: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** How a service's calls look on the wire. */
export interface WireProtocol {
  /** Operation and parameters of a request; throws AwsError for one that is malformed, NotSupportedError for one that is not supported. */
  decode(request: HttpRequest): { operation: string; params: unknown };
  /** @param request what is answered, for a service that talks more than one protocol. */
  encode(operation: string, output: unknown, requestId: string, request?: HttpRequest): HttpResponse;
  encodeError(
    error: { code: string; message: string; status: number; details: Readonly<Record<string, unknown>> },
    requestId: string,
    request?: HttpRequest,
  ): HttpResponse;
}

/** A service's calls on the wire, and what AWS's model says of their parameters. */
export interface Wire {
  readonly protocol: WireProtocol;
  /** Of a service with a model: the parameters of a call, checked. Throws AwsError in the service's words. */
  readInput?(operation: string, params: unknown): unknown;
}

/** What is wrong with a parameter of a call: the first thing that its input schema refuses. */
export interface InputMistake {
  /** Path of the member, such as `Entries.0.Id`. */
  readonly member: string;
  /** What was given; undefined when it is missing. */
  readonly value: unknown;
  readonly reason: string;
}

/** What a resource holds, looked at from outside of AWS: without a call, so that neither policies nor faults concern it. */
export interface Contents {
  /** Items of a table, objects of a bucket. */
  readonly count: number;
  /** The bytes of one object; undefined when there is none, or when the resource has no objects. */
  read(key: string): Buffer | undefined;
}

/** Requests below a path that a service answers by itself: they have no signature of AWS's, unless the service asks for one. */
export interface Site {
  /** What their paths begin with, such as `/_aws/execute-api/`. */
  readonly prefix: string;
  /** What a fault plan calls them. */
  readonly faultPoint: { readonly service: string; readonly operation: string };
  /** Longest body, in bytes, of a request to this path: 0 where nobody is there to take one. */
  bodyLimit(path: string): number;
  handle(request: HttpRequest): Promise<HttpResponse>;
}

/** One simulated AWS service. All its state is per account and region. */
export interface Service {
  /** Signing name, such as `kinesis`, `dynamodb`, `execute-api`. */
  readonly name: string;
  readonly wire: Wire;
  readonly operations: Readonly<Record<string, Operation>>;
  /** Error code of a refusal by IAM, default `AccessDeniedException`; and its status, default 400. */
  readonly accessDenied?: { readonly code: string; readonly status: number };
  /** Of the service that has the roles of all accounts. */
  readonly rolePort?: Roles;
  /** Of the service that takes the measurements of all others. */
  readonly metricPort?: Metrics;
  /** Of a service that answers requests which are no calls, such as those to a deployed API. */
  readonly site?: Site;
  /** How the service words the refusal of a parameter; default: a ValidationException. Parameters that are not supported are refused by name, not by this. */
  readonly invalidInput?: (mistake: InputMistake) => AwsError;
  /** Where the resource with this ARN is; undefined when the service has none. */
  find?(arn: string): Place | undefined;
  /** What the resource with this ARN holds; undefined when there is none. */
  contents?(arn: string): Contents | undefined;
  /** Drops all data (records, items, objects, counters) and keeps all resources. */
  emptyData(): void;
  /** Ends timers, workers, sockets. */
  close(): Promise<void> | void;
}
