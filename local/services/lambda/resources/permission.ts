import { z } from "zod";
import { AwsError } from "../../../kernel/errors.ts";
import { define } from "../../../resource-types/define.ts";
import { refused } from "../../../resource-types/refused.ts";
import type { Properties, ResourceContext } from "../../../resource-types/resource-type.ts";
import type { LambdaFunction } from "../function.ts";
import { parseFunctionAddress } from "../function-address.ts";
import { principalText } from "../function-policy.ts";
import { permissionFields } from "../permission-fields.ts";
import type { LambdaStore } from "../store.ts";

const noUrls = "it has no URLs of functions";

const permissionInputs = z.strictObject({
  function: z.string().min(1),
  action: permissionFields.action,
  principal: permissionFields.principal,
  statementId: permissionFields.statementId,
  sourceArn: permissionFields.sourceArn.optional(),
  sourceAccount: permissionFields.sourceAccount.optional(),
  statementIdPrefix: refused("give statementId, or neither, for a name of its own"),
  qualifier: refused("it has no versions and aliases of a function, only $LATEST"),
  functionUrlAuthType: refused(noUrls),
  invokedViaFunctionUrl: refused(noUrls),
  principalOrgId: refused("it has no organizations; name the accounts"),
  eventSourceToken: refused("it has no Alexa skills"),
});

type PermissionInputs = z.infer<typeof permissionInputs>;

/** The function that a program names, by its name or an ARN; undefined when it is gone. */
function findFunction(name: string, context: ResourceContext<LambdaStore>): LambdaFunction | undefined {
  const { store } = context;
  return store.findFunction(store.arnOf(name, context));
}

function outputsOf(id: string, state: Properties, context: ResourceContext<LambdaStore>): Properties | undefined {
  const named = String(state["function"] ?? "");
  const fn = findFunction(named, context);
  const statement = fn?.policy.statements.find(({ Sid }) => Sid === id);
  if (!statement) return undefined;
  const { StringEquals: equals, ArnLike: like } = statement.Condition ?? {};
  return {
    // By its name or an ARN, as the program has it.
    function: named,
    action: statement.Action,
    principal: principalText(statement),
    statementId: id,
    statementIdPrefix: "",
    sourceArn: like?.["AWS:SourceArn"],
    sourceAccount: equals?.["AWS:SourceAccount"],
  };
}

/** An account's id means the account's ARN, as which Lambda keeps it. */
function principalForm(value: unknown): unknown {
  return /^arn:[\w-]+:iam::(\d{12}):root$/.exec(String(value))?.[1] ?? value;
}

/**
 * `aws.lambda.Permission`, after internal/service/lambda/permission.go of the Terraform provider; its id is the
 * statement's. It is imported as
 * `<function>/<statement id>`.
 */
export const permissionType = define<PermissionInputs, LambdaStore>({
  token: "aws:lambda/permission:Permission",
  inputs: permissionInputs,
  autoName: { property: "statementId", maxLength: 100 },
  replaceOn: ["*"],
  canonical: { principal: principalForm },
  idOf: (importId) => importId.slice(importId.indexOf("/") + 1),
  stateOf: (importId) => ({ function: functionIn(importId) }),
  make(inputs, context) {
    const { store } = context;
    store.requireFunction(store.address(inputs.function, context)).policy.add(inputs);
    return inputs.statementId;
  },
  find: outputsOf,
  remove: (id, context, state) => findFunction(String(state["function"] ?? ""), context)?.policy.remove(id),
});

/** The function that an import names. Throws AwsError for another form, NotSupportedError for a version or an alias. */
function functionIn(importId: string): string {
  const [name = "", statementId, ...more] = importId.split("/");
  if (name === "" || !statementId || more.length > 0) {
    throw new AwsError(
      "InvalidParameterValueException",
      `A permission is imported as <function>/<statement id>, such as thumbnails/AllowBucket, not as ${importId}.`,
    );
  }
  parseFunctionAddress(name, { accountId: "", region: "" });
  return name;
}
