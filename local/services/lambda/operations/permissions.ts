import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import type { Inputs } from "../../../wire/models/lambda.ts";
import { functionArn } from "../function-address.ts";
import type { LambdaStore } from "../store.ts";

interface PermissionParams {
  readonly FunctionName: string;
  readonly Qualifier?: string | undefined;
}

/** A function's resource policy, by statements. */
export function permissionOperations(store: LambdaStore): Readonly<Record<string, Operation>> {
  const addressOf = (params: PermissionParams, call: Call) => {
    const address = store.address(params.FunctionName, call, params.Qualifier);
    if (params.Qualifier !== undefined || params.FunctionName.endsWith(":$LATEST")) {
      throw new AwsError("InvalidParameterValueException", "We currently do not support adding policies for $LATEST.");
    }
    return address;
  };
  const onFunction =
    (action: string) =>
    <P extends PermissionParams>(params: P, call: Call) => [store.authorize(action, addressOf(params, call))];

  return defineOperations<Inputs>({
    AddPermission: {
      authorize: onFunction("AddPermission"),
      run: (params, call) => {
        const { policy } = store.requireFunction(addressOf(params, call));
        policy.assertRevision(params.RevisionId);
        const statement = policy.add({
          statementId: params.StatementId,
          action: params.Action,
          principal: params.Principal,
          sourceArn: params.SourceArn,
          sourceAccount: params.SourceAccount,
        });
        return { Statement: JSON.stringify(statement) };
      },
    },

    RemovePermission: {
      authorize: onFunction("RemovePermission"),
      run: (params, call) => {
        const arn = functionArn(addressOf(params, call));
        const fn = store.findFunction(arn);
        if (!fn) throw notFound(`No policy found for: ${arn}`);
        fn.policy.assertRevision(params.RevisionId);
        fn.policy.remove(params.StatementId);
      },
    },

    GetPolicy: {
      authorize: onFunction("GetPolicy"),
      run: (params, call) => {
        const policy = store.findFunction(functionArn(addressOf(params, call)))?.policy;
        if (!policy?.document) throw notFound("The resource you requested does not exist.");
        return { Policy: JSON.stringify(policy.document), RevisionId: policy.revisionId };
      },
    },
  });
}

function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message, 404);
}
