import { z } from "zod";
import { AwsError, NotSupportedError } from "../kernel/errors.ts";
import type { PolicyDocument, PolicyStatement } from "../kernel/policy.ts";
import { asList, compilePolicy, statementsOf } from "./compiled-policy.ts";

/** The kind of a policy, which determines the required and forbidden elements of its statements. */
export const PolicyKind = {
  /** Of a role or user, or passed to AssumeRole: has Resource and no Principal. */
  Identity: "identity",
  /** Of a bucket, stream, table, …: has Principal and Resource. */
  Resource: "resource",
  /** Of a role, about who may assume it: has Principal and no Resource. */
  Trust: "trust",
} as const;
export type PolicyKind = (typeof PolicyKind)[keyof typeof PolicyKind];

const oneOrMany = z.union([z.string(), z.array(z.string()).min(1)]);
const principal = z.union([z.literal("*"), z.record(z.string(), oneOrMany)]);
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: principal.optional(),
  NotPrincipal: principal.optional(),
  Action: oneOrMany.optional(),
  NotAction: oneOrMany.optional(),
  Resource: oneOrMany.optional(),
  NotResource: oneOrMany.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.union([scalar, z.array(scalar)]))).optional(),
});
const documentSchema = z.strictObject({
  Version: z.enum(["2012-10-17", "2008-10-17"]).optional(),
  Id: z.string().optional(),
  Statement: z.union([statement, z.array(statement).min(1)]),
});

const malformed = (message: string) => new AwsError("MalformedPolicyDocument", message);

/**
 * Validates a policy as a service does before it stores it, and compiles it.
 * @param input JSON text or an object. Keep the returned object: compiled policies are cached by it.
 * @throws AwsError MalformedPolicyDocument for a policy that IAM refuses, NotSupportedError for elements that the local
 * cloud does not evaluate (unknown condition keys, policy variables, federated principals).
 */
export function parsePolicy(input: unknown, kind: PolicyKind): PolicyDocument {
  const value = typeof input === "string" ? parseJson(input) : structuredClone(input);
  const parsed = documentSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw malformed(`Syntax errors in policy. ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
  }
  const document = value as PolicyDocument; // not what zod made of it: that has its keys in another order
  refuseVariables(document);
  refuseProto(document);
  for (const one of statementsOf(document)) checkStatement(one, kind);
  checkSids(document, kind);
  compilePolicy(document);
  return document;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed("This policy contains invalid Json");
  }
}

function checkStatement(one: PolicyStatement, kind: PolicyKind): void {
  if ((one.Action === undefined) === (one.NotAction === undefined)) {
    throw malformed("Policy statement must contain actions: exactly one of Action and NotAction.");
  }
  for (const action of asList(one.Action ?? one.NotAction)) {
    if (action !== "*" && !/^[a-z0-9-]+:[A-Za-z0-9*?]+$/i.test(action)) {
      throw malformed(`Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc: "${action}"`);
    }
  }
  const hasPrincipal = one.Principal !== undefined || one.NotPrincipal !== undefined;
  if (kind === PolicyKind.Identity && hasPrincipal) throw malformed("Policy document should not specify a principal.");
  if (kind !== PolicyKind.Identity && !hasPrincipal) throw malformed("Missing required field Principal");
  if (one.Principal !== undefined && one.NotPrincipal !== undefined) {
    throw malformed("A statement has either Principal or NotPrincipal.");
  }
  if (one.NotPrincipal !== undefined && one.Effect === "Allow") {
    throw malformed("Allow with NotPrincipal is not allowed.");
  }
  const hasResource = one.Resource !== undefined || one.NotResource !== undefined;
  if (kind === PolicyKind.Trust && hasResource) throw malformed("Has prohibited field Resource");
  if (kind !== PolicyKind.Trust && (one.Resource === undefined) === (one.NotResource === undefined)) {
    throw malformed("Policy statement must contain resources: exactly one of Resource and NotResource.");
  }
  for (const resource of asList(one.Resource ?? one.NotResource)) {
    if (resource !== "*" && resource.split(":").length < 6) {
      throw malformed(`Resource ${resource} must be in ARN format or "*".`);
    }
  }
}

/** Statement ids are unique, and alphanumeric in IAM's own policies. */
function checkSids(document: PolicyDocument, kind: PolicyKind): void {
  const sids = statementsOf(document).flatMap(({ Sid }) => (Sid ? [Sid] : []));
  if (new Set(sids).size < sids.length) throw malformed("Statement IDs (SID) in a single policy must be unique.");
  if (kind !== PolicyKind.Resource && sids.some((sid) => !/^[0-9A-Za-z]*$/.test(sid))) {
    throw malformed(
      "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
    );
  }
}

/** The schema does not see this name: an invalid condition or principal would be ignored instead of refused. */
function refuseProto(document: PolicyDocument): void {
  for (const { Condition = {}, Principal, NotPrincipal } of statementsOf(document)) {
    if (Object.hasOwn(Condition, "__proto__")) throw malformed("Invalid Condition type : __proto__.");
    for (const principals of [Principal, NotPrincipal]) {
      if (typeof principals === "object" && Object.hasOwn(principals, "__proto__")) {
        throw malformed("Invalid principal in policy: __proto__");
      }
    }
  }
}

/** Policy variables exist in the 2012 version only; in the older one they are plain text. */
function refuseVariables(document: PolicyDocument): void {
  if (document.Version !== "2012-10-17") return;
  const text = JSON.stringify(document.Statement);
  const from = text.indexOf("${");
  const to = from < 0 ? -1 : text.indexOf("}", from);
  if (to >= 0) throw new NotSupportedError(`the policy variable ${text.slice(from, to + 1)}`);
}
