import { AwsError, NotSupportedError } from "../kernel/errors.ts";
import type { OneOrMany, PolicyDocument, PolicyStatement } from "../kernel/policy.ts";
import type { Principal } from "../kernel/principal.ts";
import { type ConditionTest, type ContextLookup, compileConditions } from "./conditions.ts";
import { anyMatcher, arnMatcher, globMatcher, type Matcher } from "./patterns.ts";

/** One request, in the terms that a policy decides on. */
export interface PolicyQuestion {
  /** In lower case. */
  readonly action: string;
  readonly resource: string;
  readonly principal: Principal;
  readonly context: ContextLookup;
}

/**
 * The decision of one policy. `allow-account`: a resource or trust policy allows the caller's whole account, so within
 * that account the identity policies still decide.
 */
export type PolicyAnswer = "deny" | "allow" | "allow-account" | "silent";

/** A policy, compiled for many requests. */
export type CompiledPolicy = (question: PolicyQuestion) => PolicyAnswer;

type PrincipalMatch = "named" | "account" | "none";
type PrincipalTest = (principal: Principal) => PrincipalMatch;

interface CompiledStatement {
  readonly isDeny: boolean;
  readonly matchesAction: Matcher;
  readonly matchesResource: Matcher;
  readonly matchPrincipal: PrincipalTest;
  readonly conditionsHold: ConditionTest;
}

const compiled = new WeakMap<PolicyDocument, CompiledPolicy>();

/**
 * Compiles a policy once per document object. @throws AwsError for elements that IAM, or the local cloud, does not
 * know.
 */
export function compilePolicy(document: PolicyDocument): CompiledPolicy {
  const known = compiled.get(document);
  if (known) return known;
  const statements = statementsOf(document).map(compileStatement);
  const policy: CompiledPolicy = (question) => {
    let answer: PolicyAnswer = "silent";
    for (const statement of statements) {
      if (answer === "allow" && !statement.isDeny) continue;
      if (!statement.matchesAction(question.action) || !statement.matchesResource(question.resource)) continue;
      const match = statement.matchPrincipal(question.principal);
      if (match === "none" || !statement.conditionsHold(question.context)) continue;
      if (statement.isDeny) return "deny";
      answer = match === "named" ? "allow" : "allow-account";
    }
    return answer;
  };
  compiled.set(document, policy);
  return policy;
}

/** The statements of a policy, as a list. */
export function statementsOf(document: PolicyDocument): readonly PolicyStatement[] {
  return asList(document.Statement);
}

/** One value or several, as a list. */
export function asList<T>(value: OneOrMany<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}

function compileStatement(statement: PolicyStatement): CompiledStatement {
  return {
    isDeny: statement.Effect === "Deny",
    matchesAction: withOpposite(
      asList(statement.Action).map((action) => action.toLowerCase()),
      asList(statement.NotAction).map((action) => action.toLowerCase()),
      globMatcher,
    ),
    matchesResource: withOpposite(asList(statement.Resource), asList(statement.NotResource), arnMatcher),
    matchPrincipal: compilePrincipal(statement),
    conditionsHold: compileConditions(statement.Condition),
  };
}

/**
 * A matcher for an element or its `Not…` form; without either, every value matches (a trust policy has no Resource).
 */
function withOpposite(
  positive: readonly string[],
  negative: readonly string[],
  compile: (pattern: string) => Matcher,
): Matcher {
  if (negative.length > 0) {
    const matches = anyMatcher(negative, compile);
    return (value) => !matches(value);
  }
  return positive.length > 0 ? anyMatcher(positive, compile) : () => true;
}

function compilePrincipal(statement: PolicyStatement): PrincipalTest {
  if (statement.NotPrincipal !== undefined) {
    const tests = principalTests(statement.NotPrincipal);
    const isEveryone = namesEveryone(statement.NotPrincipal);
    // NotPrincipal exempts a role or user only if it names both the principal and its account ("NotPrincipal", IAM user
    // guide).
    return (principal) => {
      const matches = tests.map((test) => test(principal));
      const isAccountNamed = principal.kind === "service" || matches.includes("account");
      return isEveryone || (matches.includes("named") && isAccountNamed) ? "none" : "named";
    };
  }
  if (statement.Principal === undefined) return () => "named";
  const tests = principalTests(statement.Principal);
  return (principal) => {
    let match: PrincipalMatch = "none";
    for (const test of tests) {
      const one = test(principal);
      if (one === "named") return one;
      if (one === "account") match = one;
    }
    return match;
  };
}

function namesEveryone(principal: NonNullable<PolicyStatement["NotPrincipal"]>): boolean {
  return principal === "*" || Object.values(principal).some((names) => asList(names).includes("*"));
}

function principalTests(principal: NonNullable<PolicyStatement["Principal"]>): readonly PrincipalTest[] {
  if (principal === "*") return [() => "named"];
  return Object.entries(principal).flatMap(([type, names]) =>
    asList(names).map((name): PrincipalTest => {
      if (name === "*") return () => "named";
      if (type === "Service") return (caller) => (caller.kind === "service" && caller.arn === name ? "named" : "none");
      if (type === "AWS") return awsPrincipalTest(name);
      throw new NotSupportedError(`principals of the type "${type}" in a policy`, "AWS, Service");
    }),
  );
}

function awsPrincipalTest(name: string): PrincipalTest {
  const account = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(name)?.[1];
  if (account) return (caller) => (caller.accountId === account ? "account" : "none");
  if (!/^arn:[^:]+:(iam::\d{12}:(role|user)\/|sts::\d{12}:assumed-role\/)[^*?]+$/.test(name)) {
    throw new AwsError("MalformedPolicyDocument", `Invalid principal in policy: "AWS":"${name}"`);
  }
  return (caller) => (caller.arn === name || caller.roleArn === name ? "named" : "none");
}
