import type { AwsError } from "./errors.ts";
import type { Place } from "./place.ts";
import type { Principal } from "./principal.ts";
import type { AuthorizationRequest } from "./service.ts";

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
  /** Of a service: ARN of the resource on whose behalf it calls (`aws:SourceArn`). */
  readonly sourceArn?: string;
}

/** What IAM would say to a call. */
export interface CallVerdict {
  /** What it is asked, in order. */
  readonly asked: readonly AuthorizationRequest[];
  /** Those of it that are refused; none when the call would be let in. */
  readonly refused: readonly AuthorizationRequest[];
}

/** The services as they reach each other: by their operations, by the ARNs of what they have, and by nothing else. */
export interface Calls {
  /** Makes one call: checks the parameters, asks IAM, runs the operation, records it. @throws AwsError. */
  call(request: CallRequest): Promise<unknown>;
  /** What IAM would say to a call, which is not made. @throws AwsError for parameters that are refused, or when there is no such operation. */
  mayCall(request: CallRequest): CallVerdict;
  /** Where a resource is; undefined when there is none with this ARN. */
  find(arn: string): Place | undefined;
  /** An error of a service as its protocol writes it: the body. */
  errorBody(service: string, error: AwsError): string;
}
