import { expect } from "chai";
import { PolicyKind, parsePolicy } from "../../../local/accounts/parse-policy.ts";
import { Cloud } from "../../../local/cloud.ts";
import type { PolicyStatement } from "../../../local/kernel/policy.ts";

const ACCOUNT = "111111111111";
const STREAM = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/events`;

const document = (...statements: PolicyStatement[]) => ({ Version: "2012-10-17", Statement: statements });
const allow = (more: Partial<PolicyStatement> = {}): PolicyStatement => ({
  Effect: "Allow",
  Action: "kinesis:PutRecord",
  Resource: STREAM,
  ...more,
});

describe("a policy is refused when it is stored", () => {
  // The condition keys of services are known once a cloud with these services is made.
  before(() => new Cloud().close());

  const refused: readonly [string, PolicyKind, unknown, RegExp][] = [
    ["is no JSON", PolicyKind.Identity, "{", /^MalformedPolicyDocument: This policy contains invalid Json/],
    [
      "has an unknown element",
      PolicyKind.Identity,
      document({ ...allow(), Extra: 1 } as PolicyStatement),
      /Syntax errors in policy/,
    ],
    [
      "has an unknown operator",
      PolicyKind.Identity,
      document(allow({ Condition: { StringIs: { "s3:prefix": "a" } } })),
      /Invalid Condition type : StringIs/,
    ],
    [
      "has a set Null",
      PolicyKind.Identity,
      document(allow({ Condition: { NullIfExists: { "s3:prefix": "true" } } })),
      /Invalid Condition type : NullIfExists/,
    ],
    [
      "has an unknown condition key",
      PolicyKind.Identity,
      document(allow({ Condition: { Bool: { "aws:Unheard": "true" } } })),
      /does not support the condition key "aws:Unheard"/,
    ],
    [
      "has a policy variable",
      PolicyKind.Identity,
      document(allow({ Resource: `${STREAM}/$\{aws:username}` })),
      /does not support the policy variable \$\{aws:username\}/,
    ],
    [
      "has a number that is none",
      PolicyKind.Identity,
      document(allow({ Condition: { NumericEquals: { "s3:max-keys": "many" } } })),
      /"many" is not a number/,
    ],
    [
      "has a Principal and is a role's",
      PolicyKind.Identity,
      document(allow({ Principal: "*" })),
      /should not specify a principal/,
    ],
    [
      "has no Principal and is a resource's",
      PolicyKind.Resource,
      document(allow()),
      /Missing required field Principal/,
    ],
    [
      "has a Resource and is a trust policy",
      PolicyKind.Trust,
      document(allow({ Principal: "*" })),
      /Has prohibited field Resource/,
    ],
    [
      "has a statement's id twice",
      PolicyKind.Resource,
      document(allow({ Principal: "*", Sid: "a_b" }), allow({ Principal: "*", Sid: "a_b" })),
      /Statement IDs \(SID\) in a single policy must be unique\./,
    ],
    [
      "has a hyphen in a statement's id and is a role's",
      PolicyKind.Identity,
      document(allow({ Sid: "a-b" })),
      /Statement IDs \(SID\) must be alpha-numeric\./,
    ],
    ["has no Action", PolicyKind.Identity, document({ Effect: "Allow", Resource: "*" }), /must contain actions/],
    [
      "has an action without a service",
      PolicyKind.Identity,
      document(allow({ Action: "PutRecord" })),
      /must be prefaced by a vendor/,
    ],
    [
      "has a resource that is no ARN",
      PolicyKind.Identity,
      document(allow({ Resource: "events" })),
      /must be in ARN format/,
    ],
    [
      "allows all but some",
      PolicyKind.Resource,
      document({ ...allow(), NotPrincipal: { AWS: ACCOUNT } }),
      /Allow with NotPrincipal is not allowed/,
    ],
    [
      "has a wildcard in a principal",
      PolicyKind.Resource,
      document(allow({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/*` } })),
      /Invalid principal in policy/,
    ],
    [
      "has a federated principal",
      PolicyKind.Resource,
      document(allow({ Principal: { Federated: "accounts.example" } })),
      /principals of the type "Federated"/,
    ],
  ];
  for (const [what, kind, policy, message] of refused) {
    it(`which ${what}`, () => {
      let error: unknown;
      try {
        parsePolicy(policy, kind);
      } catch (caught) {
        error = caught;
      }
      expect(String(error)).to.match(message);
    });
  }
});
