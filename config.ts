import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { placeRules } from "./components/defaults/text-rules.ts";
import { keyMistakes, type Mistake, mistakesReport, NAMESPACE, setCommand, type Values } from "./config/mistakes.ts";
import { pocRules, prodRules } from "./config/rules.ts";
import {
  Account,
  type PocValues,
  type ProdValues,
  pocKeys,
  pocSchema,
  pocShape,
  prodKeys,
  prodSchema,
  prodShape,
} from "./config/stack-keys.ts";

/**
 * The settings that are no plain keys of this project: account and region, and the external id, which may be a secret.
 */
interface StackContext<A extends Account> {
  readonly account: A;
  readonly region: string;
  readonly externalId: pulumi.Input<string>;
}
export type ProdSettings = Omit<ProdValues, "externalId"> & StackContext<typeof Account.Prod>;
export type PocSettings = Omit<PocValues, "externalId"> & StackContext<typeof Account.Poc>;
export type Settings = ProdSettings | PocSettings;

/**
 * The configuration of the current stack.
 *
 * @throws pulumi.RunError that lists every mistake: key, value, allowed values, and the command to type
 */
export function readSettings(): Settings {
  const config = pulumi.runtime.allConfig();
  const stack = pulumi.getStack();
  const values: Record<string, string> = {};
  for (const [key, value] of Object.entries(config))
    if (key.startsWith(`${NAMESPACE}:`)) values[key.slice(NAMESPACE.length + 1)] = value;
  const { account: accountKey, ...rest } = values;

  const account = Object.values(Account).find((each) => each === (accountKey ?? stack));
  if (account === undefined) throw new pulumi.RunError(mistakesReport(stack, [accountMistake(accountKey)]));
  const mistakes = [
    ...awsMistakes(config, rest[`${account}AccountId`]),
    ...(account === Account.Prod ? prodMistakes(rest) : pocMistakes(rest)),
  ];
  if (mistakes.length > 0) throw new pulumi.RunError(mistakesReport(stack, mistakes));

  const region = config[REGION_KEY] ?? "";
  return account === Account.Prod
    ? { ...prodSchema.parse(rest), account, region, externalId: externalId(rest) }
    : { ...pocSchema.parse(rest), account, region, externalId: externalId(rest) };
}

const REGION_KEY = "aws:region";
const ALLOWED_ACCOUNTS_KEY = "aws:allowedAccountIds";
const EXTERNAL_ID_KEY = `${NAMESPACE}:externalId`;

/** The SDK has this function, but its types do not. */
function isSecret(key: string): boolean {
  const runtime = pulumi.runtime as { readonly isConfigSecret?: (key: string) => boolean };
  return runtime.isConfigSecret?.(key) ?? true;
}

function externalId(values: Values): pulumi.Input<string> {
  const value = values["externalId"] ?? "";
  return isSecret(EXTERNAL_ID_KEY) ? pulumi.secret(value) : value;
}

function accountMistake(value: string | undefined): Mistake {
  const key = `${NAMESPACE}:account`;
  return {
    key,
    ...(value === undefined
      ? { problem: "is missing, and the stack's name does not say which account it is" }
      : { value }),
    allowed: Object.values(Account).join(" or "),
    command: setCommand(key, Account.Poc),
  };
}

/** The provider's own keys that this program relies on: a region, and no account other than the stack's own. */
function awsMistakes(config: Values, ownAccountId: string | undefined): Mistake[] {
  const found: Mistake[] = [];
  const region = config[REGION_KEY];
  const { pattern, allowed: anyRegion, example } = placeRules.region;
  if (region === undefined || !pattern.test(region))
    found.push({
      key: REGION_KEY,
      ...(region === undefined ? {} : { value: region }),
      allowed: anyRegion,
      command: setCommand(REGION_KEY, example),
    });
  const allowed = config[ALLOWED_ACCOUNTS_KEY];
  if (/^\d{12}$/.test(ownAccountId ?? "") && !/^\D*(\d{12})\D*$/.exec(allowed ?? "")?.includes(ownAccountId ?? ""))
    found.push({
      key: ALLOWED_ACCOUNTS_KEY,
      ...(allowed === undefined ? {} : { value: allowed }),
      allowed: `this stack's account alone, ${ownAccountId}, so that nothing is deployed into another`,
      command: `set --path '${ALLOWED_ACCOUNTS_KEY}[0]' ${ownAccountId}`,
    });
  return found;
}

function prodMistakes(values: Values): Mistake[] {
  const inKeys = keyMistakes(prodShape, namesOf(pocKeys, Account.Poc), values, isSecret);
  return [...inKeys, ...notYetSaid(inKeys, prodRules(rightOnes(prodShape, values) as Partial<ProdValues>))];
}

function pocMistakes(values: Values): Mistake[] {
  const inKeys = keyMistakes(pocShape, namesOf(prodKeys, Account.Prod), values, isSecret);
  return [...inKeys, ...notYetSaid(inKeys, pocRules(rightOnes(pocShape, values) as Partial<PocValues>))];
}

/** The rules' mistakes, without those that only follow from a key that is wrong by itself and so missing to a rule. */
function notYetSaid(inKeys: readonly Mistake[], ofRules: readonly Mistake[]): Mistake[] {
  const wrong = inKeys.map(({ key }) => key.slice(NAMESPACE.length + 1));
  return ofRules.filter(
    ({ key, problem = "" }) =>
      !wrong.some((name) => key === `${NAMESPACE}:${name}` || problem.split(/\W+/).includes(name)),
  );
}

function namesOf(keys: object, account: Account): Record<string, string> {
  return Object.fromEntries(Object.keys(keys).map((name) => [name, account]));
}

/** The keys that are valid by themselves. */
function rightOnes(shape: Readonly<Record<string, z.ZodType>>, values: Values): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(shape).flatMap(([name, schema]) => {
      const parsed = schema.safeParse(values[name]);
      return parsed.success ? [[name, parsed.data]] : [];
    }),
  );
}
