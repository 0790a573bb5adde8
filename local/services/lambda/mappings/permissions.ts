import { randomUUID } from "node:crypto";
import { evaluate } from "../../../accounts/evaluate.ts";
import type { Cloud } from "../../../cloud.ts";
import { AwsError } from "../../../kernel/errors.ts";
import type { Principal } from "../../../kernel/principal.ts";
import type { AuthorizationRequest, Call } from "../../../kernel/service.ts";
import { destinationKindOf } from "./destination.ts";
import type { MappingSettings } from "./settings.ts";
import { streamSourceOf } from "./stream-source.ts";

/**
 * What CreateEventSourceMapping checks of the execution role: that it may read the stream and write to the on-failure destination.
 * The check is one trace record, so that these permissions count as used.
 * @throws AwsError InvalidParameterValueException, in AWS's words, with what is missing behind them.
 */
export function checkPermissions(
  cloud: Cloud,
  principal: Principal,
  settings: MappingSettings,
  home: { accountId: string; region: string; uuid: string },
): void {
  const source = streamSourceOf(settings.eventSourceArn);
  const call = creationCall(cloud, principal, home);
  const asked: AuthorizationRequest[] = [];
  const refused = (requests: readonly AuthorizationRequest[]): string[] => {
    asked.push(...requests);
    return requests.filter((request) => !evaluate(call, request).isAllowed).map((request) => request.action);
  };
  const missingOnStream = refused(
    source.permissions.map(({ action, resource }) => ({ action, resource: resource ?? settings.eventSourceArn })),
  );
  const destination = settings.onFailureArn === undefined ? undefined : destinationOf(cloud, settings.onFailureArn);
  const missingOnDestination = destination ? refused(destination.kind.requests(call, destination.arn, home.uuid)) : [];
  const isAllowed = missingOnStream.length + missingOnDestination.length === 0;
  cloud.trace.record({
    time: cloud.clock.now(),
    accountId: home.accountId,
    principal: principal.arn,
    call: "lambda:CreateEventSourceMapping",
    authorizations: asked.map(({ action, resource }) => ({ action, resource })),
    decision: isAllowed ? "allowed" : "denied",
    outcome: isAllowed ? "ok" : "InvalidParameterValueException",
    facts: { mapping: home.uuid },
  });
  if (missingOnStream.length > 0) {
    throw invalid(
      `Cannot access stream ${settings.eventSourceArn}. Please ensure the role can perform the ${source.namedPermissions} Actions on your stream in IAM. (Not allowed: ${missingOnStream.join(", ")}.)`,
    );
  }
  if (destination && missingOnDestination.length > 0) {
    const actions = missingOnDestination.map((action) => action.split(":")[1]).join(" and ");
    throw invalid(
      `The provided execution role does not have permissions to call ${actions} on ${destination.kind.label}. (Destination: ${destination.arn}.)`,
    );
  }
}

function destinationOf(cloud: Cloud, arn: string) {
  const kind = destinationKindOf(arn);
  if (!kind.exists(cloud, arn)) throw invalid(`The destination ${kind.noun} does not exist: ${arn}`);
  return { kind, arn };
}

function creationCall(cloud: Cloud, principal: Principal, home: { accountId: string; region: string }): Call {
  return {
    cloud,
    service: "lambda",
    operation: "CreateEventSourceMapping",
    principal,
    accountId: home.accountId,
    region: home.region,
    requestId: randomUUID(),
    note: () => undefined,
  };
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}
