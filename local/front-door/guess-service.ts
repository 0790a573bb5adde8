import { ownValue } from "../kernel/own-value.ts";
import type { HttpRequest } from "../kernel/service.ts";

/** What the first part of an `X-Amz-Target` says. */
const targets: readonly (readonly [prefix: string, service: string])[] = [
  ["Kinesis_", "kinesis"],
  ["DynamoDB", "dynamodb"],
  ["Firehose_", "firehose"],
  ["Logs_", "logs"],
  ["AmazonSQS", "sqs"],
  ["GraniteServiceVersion", "monitoring"],
];

/** What the `Version` of a Query request says. */
const queryVersions: Readonly<Record<string, string>> = {
  "2011-06-15": "sts",
  "2010-05-08": "iam",
  "2010-08-01": "monitoring",
  "2010-03-31": "sns",
};

/** The service that an unsigned request is probably for, by its form: what decides how its refusal is worded. */
export function guessService(request: HttpRequest): string {
  const target = request.headers["x-amz-target"];
  if (target !== undefined) return targets.find(([prefix]) => target.startsWith(prefix))?.[1] ?? "dynamodb";
  const type = request.headers["content-type"] ?? "";
  const form = new URLSearchParams(
    type.startsWith("application/x-www-form-urlencoded") ? request.body.toString("utf8") : request.query,
  );
  if (form.has("Action")) return ownValue(queryVersions, form.get("Version") ?? "") ?? "sts";
  if (/^\/20\d\d-\d\d-\d\d\//.test(request.path)) return "lambda";
  if (request.path.startsWith("/service/GraniteServiceVersion")) return "monitoring";
  if (/^\/(restapis|apikeys|usageplans|account|tags)(\/|$)/.test(request.path)) return "apigateway";
  return "s3";
}
