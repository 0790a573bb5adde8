import type { Calls } from "../kernel/calls.ts";
import { AwsError, UserError } from "../kernel/errors.ts";
import type { ResourceContext } from "../resource-types/resource-type.ts";

/** The type of the resource with this URN, without the types of its parents. */
export function tokenOf(urn: string): string {
  return (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";
}

/** Runs a provider's operation on a resource, and records it in the trace as `pulumi:create` and so on. */
export async function recorded<T>(
  calls: Pick<Calls, "internal">,
  verb: "create" | "update" | "delete",
  { accountId, principal, urn }: ResourceContext,
  work: () => T | Promise<T>,
): Promise<T> {
  const record = (outcome: string) =>
    calls.internal({ accountId, principal, call: `pulumi:${verb}`, outcome, facts: { type: tokenOf(urn), urn } });
  try {
    const result = await work();
    record("ok");
    return result;
  } catch (error) {
    record(error instanceof AwsError ? error.code : error instanceof UserError ? error.name : "InternalFailure");
    throw error;
  }
}
