import type { Operation } from "../../kernel/service.ts";
import { policyOperations } from "./policy-operations.ts";
import { roleOperations } from "./role-operations.ts";
import { rolePolicyOperations } from "./role-policy-operations.ts";
import type { IamService } from "./service.ts";

/** What IAM answers over the wire: roles, their policies, and managed policies. */
export function iamOperations(iam: IamService): Readonly<Record<string, Operation>> {
  return { ...roleOperations(iam), ...rolePolicyOperations(iam), ...policyOperations(iam) };
}
