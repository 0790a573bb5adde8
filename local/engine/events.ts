import type { Outcome, PropertyDiff } from "./resource-step.ts";

/** What happens to a resource while a stack is deployed. */
export interface EngineEvent {
  readonly stack: string;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly action: "creating" | "updating" | "replacing" | "deleting" | "deleted" | "read" | "failed" | Outcome;
  /** Of `updated` and `replaced`: in what it differs. */
  readonly diff?: PropertyDiff;
}

/** Where a line of a program's output comes from. What it logs as an error is not output but a failure of the deployment. */
export interface OutputOrigin {
  readonly stack: string;
  readonly source: "stdout" | "stderr" | "log";
  readonly severity: "info" | "warning";
}
