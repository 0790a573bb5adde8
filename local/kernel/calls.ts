import type { AwsError } from "./errors.ts";
import type { Place } from "./place.ts";
import type { Principal } from "./principal.ts";
import type { AuthorizationRequest } from "./service.ts";
import type { TraceRecord } from "./trace.ts";

/** One call as a service, the front door or the provider makes it. */
export interface CallRequest {
  /** Signing name, such as `kinesis`. */
  readonly service: string;
  readonly operation: string;
  readonly params: unknown;
  readonly principal: Principal;
  /** Default: the principal's account. */
  readonly accountId?: string;
  readonly region: string;
  readonly requestId?: string;
  /** For a call by a service: ARN of the resource on whose behalf it calls (`aws:SourceArn`). */
  readonly sourceArn?: string;
}

/** IAM's decision on a call that is not made. */
export interface CallVerdict {
  /** The authorization requests of the call, in order. */
  readonly asked: readonly AuthorizationRequest[];
  /** The refused ones; empty when the call would be allowed. */
  readonly refused: readonly AuthorizationRequest[];
}

/** An action of a service or the provider other than calling an operation. */
export interface InternalAction extends Pick<TraceRecord, "accountId" | "call"> {
  /** The principal, or its stand-in in the trace, such as an API key's id. */
  readonly principal: Pick<Principal, "arn">;
  /** The authorization requests, refused ones last; default: none. */
  readonly asked?: readonly Pick<AuthorizationRequest, "action" | "resource">[];
  /** Default: `not evaluated`. */
  readonly decision?: TraceRecord["decision"];
  /** Default: `ok`. */
  readonly outcome?: string;
  readonly facts?: TraceRecord["facts"];
  /** Cloud time at its start; default: now. */
  readonly time?: number;
}

/** How services reach each other: by operations and by ARNs, and in no other way. */
export interface Calls {
  /**
   * Makes one call: checks the parameters, authorizes, runs the operation, records it in the trace.
   * @throws AwsError.
   */
  call(request: CallRequest): Promise<unknown>;
  /** Records an internal action in the trace: reading a stream, invoking a function, making a resource. */
  internal(action: InternalAction): void;
  /** Evaluates IAM for a call without making it. @throws AwsError for invalid parameters or an unknown operation. */
  mayCall(request: CallRequest): CallVerdict;
  /**
   * Account and region of the resource with this ARN; undefined when it does not exist. Throws for a service that finds
   * nothing by ARN: give it `Service.find`.
   */
  find(arn: string): Place | undefined;
  /** Response body of an error, in the protocol of the service. */
  errorBody(service: string, error: AwsError): string;
}
