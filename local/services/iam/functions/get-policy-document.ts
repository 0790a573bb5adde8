import { crc32 } from "node:zlib";
import { z } from "zod";
import { asList } from "../../../accounts/compiled-policy.ts";
import { defineProviderFunction } from "../../../resource-types/resource-type.ts";
import {
  checkSids,
  mergedPolicy,
  type PrintedPolicy,
  type PrintedStatement,
  printedJson,
  printedStatement,
} from "./policy-document.ts";

const texts = z.array(z.string()).optional();
const principals = z.array(z.strictObject({ type: z.string(), identifiers: z.array(z.string()) })).optional();
const conditions = z
  .array(z.strictObject({ test: z.string(), variable: z.string(), values: z.array(z.string()) }))
  .optional();

const statement = z.strictObject({
  actions: texts,
  conditions,
  effect: z.enum(["Allow", "Deny"]).default("Allow"),
  notActions: texts,
  notPrincipals: principals,
  notResources: texts,
  principals,
  resources: texts,
  sid: z
    .string()
    .regex(/^[a-zA-Z0-9]*$/, "must only include alphanumeric characters")
    .optional(),
});

/** A policy to merge, as JSON text; its statements are not checked. */
const policyText = z.string().transform((text, context): PrintedPolicy => {
  try {
    const value = JSON.parse(text);
    if (Array.isArray(value?.Statement ?? [])) return value;
  } catch {
    // Reported below.
  }
  context.addIssue({ code: "custom", message: "must be a policy as JSON text, with a list of statements" });
  return z.NEVER;
});

const documentArgs = z.strictObject({
  overridePolicyDocuments: z.array(policyText).optional(),
  policyId: z.string().optional(),
  sourcePolicyDocuments: z.array(policyText).optional(),
  statements: z.array(statement).optional(),
  version: z.enum(["2008-10-17", "2012-10-17"]).default("2012-10-17"),
});

/** `aws.iam.getPolicyDocument`: a policy of statements and other policies, printed as by the real provider. */
export const getPolicyDocument = defineProviderFunction({
  token: "aws:iam/getPolicyDocument:getPolicyDocument",
  args: documentArgs,
  run({ sourcePolicyDocuments = [], statements = [], overridePolicyDocuments = [], ...args }) {
    checkSids(
      sourcePolicyDocuments.flatMap((policy) => asList(policy.Statement).map(({ Sid }) => Sid)),
      " in source_policy_documents",
    );
    checkSids(
      statements.map(({ sid }) => sid),
      "",
    );
    const own: PrintedPolicy = {
      Version: args.version,
      ...(args.policyId ? { Id: args.policyId } : {}),
      Statement: statements.map(printedStatement),
    };
    const policy = [...sourcePolicyDocuments.map(inOrder), own, ...overridePolicyDocuments.map(inOrder)].reduce(
      mergedPolicy,
      {},
    );
    const json = printedJson(policy, 2);
    return { id: String(crc32(json)), json, minifiedJson: printedJson(policy), version: args.version };
  },
});

const MEMBERS = [
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Principal",
  "NotPrincipal",
  "Condition",
] as const satisfies readonly (keyof PrintedStatement)[];

/** A parsed policy with the members of its statements in the printed order. */
function inOrder(policy: PrintedPolicy): PrintedPolicy {
  const Statement = asList(policy.Statement).map(
    (each): PrintedStatement =>
      Object.fromEntries(MEMBERS.flatMap((name) => (each[name] === undefined ? [] : [[name, each[name]]]))),
  );
  return { ...policy, Statement };
}
