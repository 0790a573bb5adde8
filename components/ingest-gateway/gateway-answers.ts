import { retryAfterSeconds } from "../defaults/gateway.ts";
import { answerTexts } from "./templates/answers.ts";

/**
 * A gateway response: an answer that API Gateway gives itself, before or instead of an integration. Its template may
 * use variables, and no directives.
 */
export interface GatewayAnswer {
  readonly responseType: string;
  /** Left out: as AWS has it. */
  readonly statusCode?: string;
  readonly template: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const requestId = `"requestId":"$context.extendedRequestId"`;

/** All gateway responses. The two defaults cover every type that is not named. */
export const gatewayAnswers: readonly GatewayAnswer[] = [
  {
    responseType: "BAD_REQUEST_BODY",
    statusCode: "400",
    template: `{"message":$context.error.messageString,"details":"$context.error.validationErrorString",${requestId}}`,
  },
  {
    responseType: "THROTTLED",
    statusCode: "429",
    template: `{"message":$context.error.messageString,${requestId}}`,
    headers: { "Retry-After": String(retryAfterSeconds.throttled) },
  },
  {
    responseType: "QUOTA_EXCEEDED",
    statusCode: "429",
    template: `{"message":$context.error.messageString,${requestId}}`,
    headers: { "Retry-After": String(retryAfterSeconds.quotaExceeded) },
  },
  // IAM's own message would name the API's ARN.
  { responseType: "ACCESS_DENIED", statusCode: "403", template: `{"message":"Forbidden",${requestId}}` },
  { responseType: "DEFAULT_4XX", template: `{"message":$context.error.messageString,${requestId}}` },
  { responseType: "DEFAULT_5XX", template: `{"message":"${answerTexts.failed}",${requestId}}` },
];
