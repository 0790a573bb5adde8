import { AwsError } from "../../../kernel/errors.ts";
import { assumeFunctionRole } from "../execution-role.ts";
import { patternProblem } from "./filters/criteria.ts";
import type { MappedFunctions } from "./mapped-functions.ts";
import { checkPermissions } from "./permissions.ts";
import type { MappingSettings } from "./settings.ts";
import { streamSourceOf } from "./stream-source.ts";

/**
 * The checks of CreateEventSourceMapping and UpdateEventSourceMapping: the function exists, no other mapping connects
 * it to the stream, the filters are valid, and the role may read the stream and write to the destination.
 * @throws AwsError InvalidParameterValueException, ResourceConflictException.
 */
export function checkMapping(store: MappedFunctions, settings: MappingSettings, uuid: string): void {
  const { functionArn, eventSourceArn } = settings;
  const { ports } = store;
  const fn = store.findFunction(functionArn);
  if (!fn) throw invalid(`Function does not exist (${functionArn})`);
  const twin = store
    .listMappings()
    .find(
      (other) =>
        other.uuid !== uuid &&
        other.settings.functionArn === functionArn &&
        other.settings.eventSourceArn === eventSourceArn,
    );
  if (twin) {
    throw new AwsError(
      "ResourceConflictException",
      `The event source arn (" ${eventSourceArn} ") and function (" ${fn.name} ") provided mapping already exists. Please update or delete the existing mapping with UUID ${twin.uuid}`,
      409,
    );
  }
  const { service: source } = streamSourceOf(eventSourceArn);
  for (const pattern of settings.filterPatterns) {
    const problem = patternProblem(pattern, source);
    if (problem !== undefined) throw invalid(`Invalid filter pattern definition. (${pattern}: ${problem})`);
  }
  const { principal } = assumeFunctionRole(ports, {
    roleArn: fn.settings.roleArn,
    sessionName: `awslambda-${uuid}`,
    functionArn: fn.arn,
    durationSeconds: 900,
  });
  const { accountId, region } = fn;
  checkPermissions(ports, principal, settings, { accountId, region, uuid });
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}
