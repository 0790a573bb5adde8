import type { Outcome, PropertyDiff } from "./resource-step.ts";

/** Progress of a resource during a deployment. */
export interface EngineEvent {
  readonly stack: string;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly action: "creating" | "updating" | "replacing" | "deleting" | "deleted" | "read" | "failed" | Outcome;
  /** For `updated` and `replaced`: the changed properties. */
  readonly diff?: PropertyDiff;
}

/** The origin of a line of program output. Lines logged as errors are failures of the deployment instead. */
export interface OutputOrigin {
  readonly stack: string;
  readonly source: "stdout" | "stderr" | "log";
  readonly severity: "info" | "warning";
}
