import type { z } from "zod";
import type { Clock, Hold } from "./clock.ts";
import type { AwsError } from "./errors.ts";
import type { ServiceFaults } from "./fault-port.ts";
import type { Metrics } from "./metrics.ts";
import type { Place } from "./place.ts";
import type { PolicyDocument } from "./policy.ts";
import type { Principal } from "./principal.ts";
import type { Roles } from "./roles.ts";
import type { Tokens } from "./tokens.ts";

/** One call to one operation, with its caller authenticated. */
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
  /**
   * For a call by a service: ARN of the resource on whose behalf it calls (`aws:SourceArn`; its account is
   * `aws:SourceAccount`).
   */
  readonly sourceArn?: string;
  /** Holds the clock while this call is in flight; see `pausedFor`. */
  readonly hold?: Hold;
  /** Adds to the call's trace record: counts and identifiers, never payloads. */
  note(facts: Readonly<Record<string, string | number | boolean>>): void;
}

/** Releases the clock while a call waits on purpose, such as in a long poll. */
export function pausedFor<T>(call: Pick<Call, "hold">, work: () => Promise<T>): Promise<T> {
  return call.hold ? call.hold.pausedFor(work) : work();
}

/** One authorization request. All those of a call must be allowed. */
export interface AuthorizationRequest {
  /** Such as `kinesis:PutRecords`. */
  readonly action: string;
  /** ARN, or `*` for actions that have no resource. */
  readonly resource: string;
  /** Condition keys of this request besides the global ones, such as `{ "sts:ExternalId": "…" }`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** The resource's own policy, where it has one. */
  readonly resourcePolicy?: PolicyDocument;
  /** The resource policy is a role's trust policy: it must allow the request even within the role's own account. */
  readonly isTrustPolicy?: boolean;
  /** Account that owns the resource; default: from the ARN, else the call's. */
  readonly resourceAccountId?: string;
}

/**
 * An operation: its input, its authorization and its behaviour. Parameters and answers have the shape of AWS's JSON:
 * blobs are base64 strings, times are epoch seconds.
 */
export interface Operation<P = unknown, R = unknown> {
  /**
   * Strict: a parameter that the local cloud does not support is refused by name. Default: the checks that
   * `Service.wire` takes from AWS's model.
   */
  readonly input?: z.ZodType<P>;
  /**
   * The authorization requests, evaluated before `run`; empty only for operations that need no permission on AWS, such
   * as GetCallerIdentity.
   */
  authorize(params: P, call: Call): readonly AuthorizationRequest[];
  run(params: P, call: Call): R | Promise<R>;
}

/** Gives `authorize` and `run` the type that `input` parses to. */
export function defineOperation<P, R>(operation: Operation<P, R>): Operation {
  return operation as unknown as Operation;
}

/**
 * Operations whose input types come from AWS's model. `I`: `Inputs` of the service's file in `local/wire/models/`,
 * such as `defineOperations<Inputs>({ GetRecords: { authorize: …, run: … } })`.
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
  /** The body is over the limit: it was discarded, and `body` is empty. */
  readonly isBodyTooLong?: boolean;
  readonly sourceIp: string;
}

/** An HTTP response. A string body is sent as UTF-8. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** The protocol of a service: decodes requests, encodes answers. */
export interface WireProtocol {
  /**
   * Operation and parameters of a request; throws AwsError for a malformed one, NotSupportedError for an unsupported
   * one.
   */
  decode(request: HttpRequest): { operation: string; params: unknown };
  /** @param request the request being answered, for a service with more than one protocol. */
  encode(operation: string, output: unknown, requestId: string, request?: HttpRequest): HttpResponse;
  encodeError(
    error: { code: string; message: string; status: number; details: Readonly<Record<string, unknown>> },
    requestId: string,
    request?: HttpRequest,
  ): HttpResponse;
}

/** The dialects of authentication errors. */
export type AuthDialect = "json" | "rest-json" | "query" | "rest-xml";

/** How a service's signatures differ from the usual Signature Version 4. */
export interface SigningRules {
  /** The canonical URI is encoded once; usual: the path as sent, encoded once more. */
  readonly isPathEncodedOnce: boolean;
  /** A presigned URL has an unsigned payload; usual: the payload is signed. */
  readonly isPresignedPayloadUnsigned: boolean;
}

/** A service's own limit for request bodies. A body is read up to the length that the request announces. */
export interface BodyRules {
  /** Longest body, in bytes. */
  readonly maxBytes: number;
  /** The error for a body that is too long. @param isLengthSaid whether the request announces its length. */
  tooLong(isLengthSaid: boolean): AwsError;
}

/** A service's protocol, how requests are routed to it and signed, and the input checks from AWS's model. */
export interface Wire {
  readonly protocol: WireProtocol;
  readonly dialect: AuthDialect;
  /** Prefixes of `X-Amz-Target`, such as `Kinesis_20131202`. */
  readonly targets?: readonly string[];
  /** `Version` of Query requests. */
  readonly queryVersion?: string;
  /** Paths of the service's requests. */
  readonly paths?: RegExp;
  /** Name in the credential scope of signatures, where it is not the service's name. */
  readonly signingName?: string;
  readonly signing?: SigningRules;
  /** Default: at most 32 MiB, and AWS's common error for longer bodies. */
  readonly body?: BodyRules;
  /** Whether unsigned requests are accepted, as those of an anonymous caller; default: no. */
  readonly isAnonymousAllowed?: boolean;
  /** For a service with a model: checks the parameters of a call. Throws AwsError in the service's words. */
  readInput?(operation: string, params: unknown): unknown;
}

/**
 * A resource's data, read without an API call, so that neither policies nor faults apply. For the ledger and the
 * tests.
 */
export interface Contents {
  /** Number of items in a table, or of objects in a bucket. */
  readonly count: number;
  /** The bytes of one object; undefined when it does not exist, or when the resource has no objects. */
  read(key: string): Buffer | undefined;
}

/**
 * A service's own HTTP endpoint below a path, such as deployed APIs. Its requests are not signed, unless the service
 * asks for it.
 */
export interface Site {
  /** Prefix of the paths, such as `/_aws/execute-api/`. */
  readonly prefix: string;
  /** The name of these requests in a fault plan. */
  readonly faultPoint: { readonly service: string; readonly operation: string };
  /** Longest request body of this path, in bytes; 0 where nothing is deployed. */
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
  /** For IAM: the roles of all accounts. */
  readonly rolePort?: Roles;
  /** For CloudWatch: takes the other services' data points. */
  readonly metricPort?: Metrics;
  /** For Cognito: checks the tokens of user pools. */
  readonly tokenPort?: Tokens;
  /** The faults that a fault plan can inject into its operations; default: none. */
  readonly faults?: ServiceFaults;
  /** Condition keys of its requests, as AWS writes them. Policies may use these and the global ones, and no others. */
  readonly conditionKeys?: readonly string[];
  /** For a service with an HTTP endpoint besides its API, such as for deployed APIs. */
  readonly site?: Site;
  /** Account and region of the resource with this ARN; undefined when the service has no such resource. */
  find?(arn: string): Place | undefined;
  /** The data of the resource with this ARN; undefined when it does not exist. */
  contents?(arn: string): Contents | undefined;
  /** Drops all data (records, items, objects, counters) and keeps all resources. */
  emptyData(): void;
  /** Ends all execution environments, with the invocations in flight: the next invocation is a cold start. */
  endEnvironments?(): void;
  /** Ends timers, workers, sockets. */
  close(): Promise<void> | void;
}
