import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import type { Inputs } from "../../../wire/models/iam.ts";
import type { IamStore } from "../store.ts";
import { checkedPolicyArn, encodeDocument } from "./members.ts";
import { paginate } from "./pages.ts";

/** The inline and attached policies of roles. */
export function rolePolicyOperations(store: IamStore): Readonly<Record<string, Operation>> {
  const onRole =
    (action: string) =>
    <P extends { RoleName: string }>({ RoleName: name }: P, call: Call) =>
      store.authorizeRole(action, name, call);
  return defineOperations<Inputs>({
    PutRolePolicy: {
      authorize: onRole("PutRolePolicy"),
      run(params, call) {
        store.putRolePolicy(
          store.requireRole(call.accountId, params.RoleName),
          params.PolicyName,
          params.PolicyDocument,
        );
      },
    },
    DeleteRolePolicy: {
      authorize: onRole("DeleteRolePolicy"),
      run(params, call) {
        const isDeleted = store.requireRole(call.accountId, params.RoleName).removeInlinePolicy(params.PolicyName);
        if (!isDeleted) throw noRolePolicy(params.PolicyName);
      },
    },
    GetRolePolicy: {
      authorize: onRole("GetRolePolicy"),
      run(params, call) {
        const document = store.requireRole(call.accountId, params.RoleName).inlinePolicies().get(params.PolicyName);
        if (!document) throw noRolePolicy(params.PolicyName);
        return { ...params, PolicyDocument: encodeDocument(document) };
      },
    },
    ListRolePolicies: {
      authorize: onRole("ListRolePolicies"),
      run(params, call) {
        const names = [...store.requireRole(call.accountId, params.RoleName).inlinePolicies().keys()];
        const { items, ...rest } = paginate(names, (name) => name, params);
        return { PolicyNames: items, ...rest };
      },
    },
    AttachRolePolicy: {
      authorize: onRole("AttachRolePolicy"),
      run: (params, call) =>
        store.attachRolePolicy(store.requireRole(call.accountId, params.RoleName), checkedPolicyArn(params.PolicyArn)),
    },
    DetachRolePolicy: {
      authorize: onRole("DetachRolePolicy"),
      run(params, call) {
        const isDetached = store.requireRole(call.accountId, params.RoleName).detachPolicy(params.PolicyArn);
        if (!isDetached) throw new AwsError("NoSuchEntity", `Policy ${params.PolicyArn} was not found.`, 404);
      },
    },
    ListAttachedRolePolicies: {
      authorize: onRole("ListAttachedRolePolicies"),
      run(params, call) {
        const arns = [...store.requireRole(call.accountId, params.RoleName).attachedPolicies().keys()].filter((arn) =>
          `/${arn.split(":policy/")[1] ?? ""}`.startsWith(params.PathPrefix ?? "/"),
        );
        const { items, ...rest } = paginate(arns, (arn) => arn, params);
        return {
          AttachedPolicies: items.map((arn) => ({ PolicyName: arn.split("/").at(-1), PolicyArn: arn })),
          ...rest,
        };
      },
    },
  });
}

function noRolePolicy(name: string): AwsError {
  return new AwsError("NoSuchEntity", `The role policy with name ${name} cannot be found.`, 404);
}
