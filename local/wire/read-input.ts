import { AwsError } from "../kernel/errors.ts";
import type { Operation, Service } from "../kernel/service.ts";

/**
 * The validated parameters of a call: by the operation's own schema if it has one, else by AWS's model of the service.
 * @throws AwsError in the service's words; NotSupportedByLocalCloud for unsupported parameters.
 */
export function readInput(service: Service, name: string, operation: Operation, params: unknown): unknown {
  if (!operation.input) {
    if (service.wire.readInput) return service.wire.readInput(name, params);
    throw new Error(`${service.name}:${name} has no input schema, and its service no model`);
  }
  const parsed = operation.input.safeParse(params);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join(".") || "the request";
  throw new AwsError("ValidationException", `${where}: ${issue?.message ?? "invalid"} (${service.name}:${name})`);
}
