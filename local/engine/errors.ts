import { UserError } from "../kernel/errors.ts";

/** One failure of a deployment. */
export interface Failure {
  /** The failed resource, if any. */
  readonly urn?: string;
  /** In the CLI's words, without the resource's name. */
  readonly message: string;
  /** The original error, for debugging. */
  readonly cause?: unknown;
}

/** A failed deployment. The message has one line per failure, as the CLI prints them. */
export class DeploymentError extends UserError {
  readonly stackName: string;
  readonly failures: readonly Failure[];

  constructor(stack: string, failures: readonly Failure[]) {
    super(failures.map(formatFailure).join("\n"));
    this.name = "DeploymentError";
    this.stackName = stack;
    this.failures = failures;
    if (failures[0]?.cause !== undefined) this.cause = failures[0].cause;
  }
}

function formatFailure({ urn, message }: Failure): string {
  if (!urn) return `error: ${message}`;
  const [, , types = "", ...name] = urn.split("::");
  const type = types.split("$").at(-1);
  return type === "pulumi:pulumi:Stack" ? `error: ${message}` : `${type} (${name.join("::")}): error: ${message}`;
}
