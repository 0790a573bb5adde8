import { UserError } from "../../../kernel/errors.ts";

/** A value of a policy: one text, or a list. */
type Texts = string | readonly string[];

/** A principal as an argument. */
export interface PrincipalBlock {
  readonly type: string;
  readonly identifiers: readonly string[];
}

/** A condition as an argument. */
export interface ConditionBlock {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
}

/** A statement as an argument. */
export interface StatementBlock {
  readonly sid?: string | undefined;
  readonly effect: string;
  readonly actions?: readonly string[] | undefined;
  readonly notActions?: readonly string[] | undefined;
  readonly resources?: readonly string[] | undefined;
  readonly notResources?: readonly string[] | undefined;
  readonly principals?: readonly PrincipalBlock[] | undefined;
  readonly notPrincipals?: readonly PrincipalBlock[] | undefined;
  readonly conditions?: readonly ConditionBlock[] | undefined;
}

/** A statement in its printed form, with members in this order. */
export interface PrintedStatement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Action?: Texts;
  readonly NotAction?: Texts;
  readonly Resource?: Texts;
  readonly NotResource?: Texts;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Texts>>>>;
}

/** A policy in its printed form. */
export interface PrintedPolicy {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement?: readonly PrintedStatement[];
}

/**
 * A statement as the real provider prints it (internal/service/iam/policy_document_data_source.go and policy_model.go
 * of the Terraform provider): a single element without list, longer lists in descending order, `&{` as `${`, and
 * members in a fixed order.
 */
export function printedStatement(block: StatementBlock): PrintedStatement {
  const { sid, effect, principals, notPrincipals, conditions } = block;
  return withoutEmpty({
    Sid: sid,
    Effect: effect,
    Action: textsOf(block.actions, false),
    NotAction: textsOf(block.notActions, false),
    Resource: textsOf(block.resources, true),
    NotResource: textsOf(block.notResources, true),
    Principal: principals?.length ? printedPrincipals(principals) : undefined,
    NotPrincipal: notPrincipals?.length ? printedPrincipals(notPrincipals) : undefined,
    Condition: conditions?.length ? printedConditions(conditions) : undefined,
  });
}

/**
 * Merges a policy over another: its id, the later version, and its statements, which replace those with the same sid.
 */
export function mergedPolicy(policy: PrintedPolicy, over: PrintedPolicy): PrintedPolicy {
  const statements = [...(policy.Statement ?? [])];
  for (const statement of over.Statement ?? []) {
    const index = statement.Sid ? statements.findIndex(({ Sid }) => Sid === statement.Sid) : -1;
    if (index < 0) statements.push(statement);
    else statements[index] = statement;
  }
  const version = (over.Version ?? "") > (policy.Version ?? "") ? over.Version : policy.Version;
  return withoutEmpty({
    Version: version,
    Id: over.Id || policy.Id,
    Statement: statements.length > 0 ? statements : undefined,
  });
}

/** @throws UserError for a duplicate sid. */
export function checkSids(sids: readonly (string | undefined)[], where: string): void {
  const repeated = sids.find((sid, index) => sid && sids.indexOf(sid) !== index);
  if (repeated === undefined) return;
  throw new UserError(
    `writing IAM Policy Document: duplicate Sid (${repeated})${where}. Remove the Sid or ensure the Sid is unique.`,
  );
}

/** JSON as Go prints it, with `<`, `>` and `&` escaped. */
export function printedJson(policy: PrintedPolicy, indent = 0): string {
  return JSON.stringify(policy, null, indent).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function textsOf(values: readonly string[] | undefined, hasVariables: boolean): Texts | undefined {
  if (!values || values.length === 0) return undefined;
  const texts = hasVariables ? values.map(withVariables) : values;
  const [first = "", ...others] = [...new Set(texts)].sort().reverse();
  return others.length === 0 ? first : [first, ...others];
}

function printedPrincipals(blocks: readonly PrincipalBlock[]): unknown {
  const [only, ...others] = blocks;
  if (only?.type === "*" && others.length === 0 && only.identifiers.join() === "*") return "*";
  const types = [...new Set(blocks.map(({ type }) => type))].sort();
  return Object.fromEntries(
    types.map((type) => [
      type,
      textsOf(
        blocks.filter((block) => block.type === type).flatMap(({ identifiers }) => identifiers),
        true,
      ) ?? [],
    ]),
  );
}

function printedConditions(blocks: readonly ConditionBlock[]): Record<string, Record<string, Texts>> {
  const values = (test: string, variable: string) =>
    blocks
      .filter((block) => block.test === test && block.variable === variable)
      .flatMap((block) => block.values.map(withVariables));
  const sorted = (names: readonly string[]) => [...new Set(names)].sort();
  return Object.fromEntries(
    sorted(blocks.map(({ test }) => test)).map((test) => {
      const variables = sorted(blocks.filter((block) => block.test === test).map(({ variable }) => variable));
      return [
        test,
        Object.fromEntries(
          variables.map((variable): [string, Texts] => {
            const [first, ...others] = values(test, variable);
            return [variable, first !== undefined && others.length === 0 ? first : values(test, variable)];
          }),
        ),
      ];
    }),
  );
}

/** `&{` means `${`, which Terraform programs would interpolate. */
function withVariables(text: string): string {
  return text.replaceAll("&{", "${");
}

function withoutEmpty<T extends object>(record: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined && value !== "")) as T;
}
