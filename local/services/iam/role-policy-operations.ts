import { AwsError } from "../../kernel/errors.ts";
import { defineOperations, type Operation } from "../../kernel/service.ts";
import type { Inputs } from "../../wire/models/iam.ts";
import { checkedPolicyArn, encodeDocument, onRole } from "./operation-parts.ts";
import { paginate } from "./pages.ts";
import type { IamService } from "./service.ts";

/** What is asked and changed about the policies of a role: inline ones, and attached ones. */
export function rolePolicyOperations(iam: IamService): Readonly<Record<string, Operation>> {
  return defineOperations<Inputs>({
    PutRolePolicy: {
      authorize: (params, call) => onRole(iam, "PutRolePolicy", params.RoleName, call),
      run(params, call) {
        iam.putRolePolicy(iam.role(call.accountId, params.RoleName), params.PolicyName, params.PolicyDocument);
      },
    },
    DeleteRolePolicy: {
      authorize: (params, call) => onRole(iam, "DeleteRolePolicy", params.RoleName, call),
      run(params, call) {
        const isDeleted = iam.role(call.accountId, params.RoleName).deleteInlinePolicy(params.PolicyName);
        if (!isDeleted) throw noRolePolicy(params.PolicyName);
      },
    },
    GetRolePolicy: {
      authorize: (params, call) => onRole(iam, "GetRolePolicy", params.RoleName, call),
      run(params, call) {
        const document = iam.role(call.accountId, params.RoleName).inlinePolicies().get(params.PolicyName);
        if (!document) throw noRolePolicy(params.PolicyName);
        return { ...params, PolicyDocument: encodeDocument(document) };
      },
    },
    ListRolePolicies: {
      authorize: (params, call) => onRole(iam, "ListRolePolicies", params.RoleName, call),
      run(params, call) {
        const names = [...iam.role(call.accountId, params.RoleName).inlinePolicies().keys()];
        const { items, ...rest } = paginate(names, (name) => name, params);
        return { PolicyNames: items, ...rest };
      },
    },
    AttachRolePolicy: {
      authorize: (params, call) => onRole(iam, "AttachRolePolicy", params.RoleName, call),
      run: (params, call) =>
        iam.attachRolePolicy(iam.role(call.accountId, params.RoleName), checkedPolicyArn(params.PolicyArn)),
    },
    DetachRolePolicy: {
      authorize: (params, call) => onRole(iam, "DetachRolePolicy", params.RoleName, call),
      run(params, call) {
        const isDetached = iam.role(call.accountId, params.RoleName).detachPolicy(params.PolicyArn);
        if (!isDetached) throw new AwsError("NoSuchEntity", `Policy ${params.PolicyArn} was not found.`, 404);
      },
    },
    ListAttachedRolePolicies: {
      authorize: (params, call) => onRole(iam, "ListAttachedRolePolicies", params.RoleName, call),
      run(params, call) {
        const arns = [...iam.role(call.accountId, params.RoleName).attachedPolicies().keys()].filter((arn) =>
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
