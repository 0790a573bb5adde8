import type { Operation } from "../../kernel/service.ts";
import { policyOperations } from "./operations/policies.ts";
import { rolePolicyOperations } from "./operations/role-policies.ts";
import { roleOperations } from "./operations/roles.ts";
import type { IamStore } from "./store.ts";

/** The operations of IAM that the local cloud has. */
export function operations(store: IamStore): Readonly<Record<string, Operation>> {
  return { ...roleOperations(store), ...rolePolicyOperations(store), ...policyOperations(store) };
}
