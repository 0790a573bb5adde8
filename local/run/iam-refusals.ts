import type { Trace } from "../kernel/trace.ts";

/** Calls refused by IAM since the watch began. */
export interface IamRefusals {
  /** Number of refused calls, by any principal. */
  readonly count: number;
  /** Refused calls of the program's roles, one sentence each: permissions missing in a component. */
  readonly ofRoles: readonly string[];
}

/** Starts to watch a cloud's trace. */
export function watchIamRefusals(trace: Trace): IamRefusals {
  const sentences = new Set<string>();
  let count = 0;
  trace.listen(({ decision, principal, authorizations }) => {
    // For a request that the gateway rejected itself (wrong API key), no policy was evaluated.
    if (decision !== "denied" || authorizations.length === 0) return;
    count++;
    if (!principal.includes(":assumed-role/")) return;
    const asked = authorizations.at(-1);
    sentences.add(`IAM refused ${asked?.action} on ${asked?.resource} to ${principal.replace(/\/[^/]*$/, "")}`);
  });
  return {
    get count() {
      return count;
    },
    get ofRoles() {
      return [...sentences];
    },
  };
}
