import { AwsError } from "../../../kernel/errors.ts";
import type { Ports } from "../../../kernel/ports.ts";
import type { Principal } from "../../../kernel/principal.ts";
import type { AuthorizationRequest } from "../../../kernel/service.ts";
import { destinationKindOf } from "./destination.ts";
import type { MappingSettings } from "./settings.ts";
import { streamSourceOf } from "./stream-source.ts";

/**
 * What CreateEventSourceMapping checks of the execution role: that it may read the stream and write to the on-failure destination.
 * The check is one trace record, so that these permissions count as used.
 * @throws AwsError InvalidParameterValueException, in AWS's words, with what is missing behind them.
 */
export function checkPermissions(
  ports: Ports,
  principal: Principal,
  settings: MappingSettings,
  home: { accountId: string; region: string; uuid: string },
): void {
  const source = streamSourceOf(settings.eventSourceArn);
  const caller = { principal, accountId: home.accountId, region: home.region };
  const asked: AuthorizationRequest[] = [];
  const refused = (requests: readonly AuthorizationRequest[]): string[] => {
    asked.push(...requests);
    return requests
      .filter((request) => !ports.authorizer.evaluate(caller, request).isAllowed)
      .map(({ action }) => action);
  };
  const missingOnStream = refused(
    source.permissions.map(({ action, resource }) => ({ action, resource: resource ?? settings.eventSourceArn })),
  );
  const destination = settings.onFailureArn === undefined ? undefined : destinationOf(ports, settings.onFailureArn);
  const verdict = destination?.kind.mayWrite(ports, destination.arn, { ...caller, uuid: home.uuid });
  asked.push(...(verdict?.asked ?? []));
  const missingOnDestination = verdict?.refused.map(({ action }) => action) ?? [];
  const isAllowed = missingOnStream.length + missingOnDestination.length === 0;
  ports.calls.internal({
    accountId: home.accountId,
    principal,
    call: "lambda:CreateEventSourceMapping",
    asked,
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

function destinationOf(ports: Ports, arn: string) {
  const kind = destinationKindOf(arn);
  if (!ports.calls.find(arn)) throw invalid(`The destination ${kind.noun} does not exist: ${arn}`);
  return { kind, arn };
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}
