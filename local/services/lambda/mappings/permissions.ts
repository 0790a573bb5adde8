import { AwsError } from "../../../kernel/errors.ts";
import type { Place } from "../../../kernel/place.ts";
import type { Ports } from "../../../kernel/ports.ts";
import type { Principal } from "../../../kernel/principal.ts";
import type { AuthorizationRequest } from "../../../kernel/service.ts";
import { destinationKindOf } from "./destination.ts";
import type { MappingSettings } from "./settings.ts";
import { streamSourceOf } from "./stream-source.ts";

/**
 * CreateEventSourceMapping's check of the execution role: it may read the stream and write to the on-failure
 * destination. The check is one trace record, so that these permissions count as used.
 * @throws AwsError InvalidParameterValueException, in AWS's words, followed by the missing permissions.
 */
export function checkPermissions(
  ports: Ports,
  principal: Principal,
  settings: MappingSettings,
  mapping: Place & { readonly uuid: string },
): void {
  const source = streamSourceOf(settings.eventSourceArn);
  const caller = { principal, accountId: mapping.accountId, region: mapping.region };
  const onStream = source.permissions.map(({ action, resource }) => ({
    action,
    resource: resource ?? settings.eventSourceArn,
  }));
  const refusedOnStream = onStream.filter((request) => !ports.authorizer.evaluate(caller, request).isAllowed);
  const destination = settings.onFailureArn === undefined ? undefined : destinationOf(ports, settings.onFailureArn);
  const verdict = destination?.kind.mayWrite(ports, destination.arn, { ...caller, uuid: mapping.uuid });
  const refusedOnDestination = verdict?.refused ?? [];
  const refused: readonly AuthorizationRequest[] = [...refusedOnStream, ...refusedOnDestination];
  const allowed = [...onStream, ...(verdict?.asked ?? [])].filter((request) => !refused.includes(request));
  const isAllowed = refused.length === 0;
  ports.calls.internal({
    accountId: mapping.accountId,
    principal,
    call: "lambda:CreateEventSourceMapping",
    asked: [...allowed, ...refused],
    decision: isAllowed ? "allowed" : "denied",
    outcome: isAllowed ? "ok" : "InvalidParameterValueException",
    facts: { mapping: mapping.uuid },
  });
  if (refusedOnStream.length > 0) {
    throw invalid(
      `Cannot access stream ${settings.eventSourceArn}. Please ensure the role can perform the ${source.namedPermissions} Actions on your stream in IAM. (Not allowed: ${actionsOf(refusedOnStream).join(", ")}.)`,
    );
  }
  if (destination && refusedOnDestination.length > 0) {
    const actions = actionsOf(refusedOnDestination)
      .map((action) => action.split(":")[1])
      .join(" and ");
    throw invalid(
      `The provided execution role does not have permissions to call ${actions} on ${destination.kind.label}. (Destination: ${destination.arn}.)`,
    );
  }
}

function actionsOf(requests: readonly AuthorizationRequest[]): string[] {
  return requests.map(({ action }) => action);
}

function destinationOf(ports: Ports, arn: string) {
  const kind = destinationKindOf(arn);
  if (!ports.calls.find(arn)) throw invalid(`The destination ${kind.noun} does not exist: ${arn}`);
  return { kind, arn };
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}
