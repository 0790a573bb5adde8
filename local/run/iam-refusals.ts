import type { Trace } from "../kernel/trace.ts";

/** What IAM has refused since this began to watch. */
export interface IamRefusals {
  /** Refused calls, of whoever made them. */
  readonly count: number;
  /** What was refused to roles of the program, one sentence each: permissions that a component forgot. */
  readonly ofRoles: readonly string[];
}

/** Watches a cloud's trace from now on. */
export function watchIamRefusals(trace: Trace): IamRefusals {
  const sentences = new Set<string>();
  let count = 0;
  trace.listen(({ decision, principal, authorizations }) => {
    // A request that the gateway itself turned away (a wrong API key) was put to no policy.
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
