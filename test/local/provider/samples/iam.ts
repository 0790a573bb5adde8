import type { ProviderStage } from "../../../support/provider-stage.ts";
import type { ResourceSample } from "../resource-sample.ts";

const ACCOUNT = "111111111111";
const awsPolicy = (name: string) => `arn:aws:iam::aws:policy/service-role/${name}`;

const trust = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: ["lambda.amazonaws.com", "firehose.amazonaws.com"], AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": ["one", "two"] }, Bool: { "aws:SecureTransport": true } },
    },
  ],
};

/** The same, in other words. */
const sameTrust = {
  Statement: {
    Condition: { Bool: { "aws:SecureTransport": "true" }, StringEquals: { "sts:ExternalId": ["two", "one"] } },
    Action: ["sts:AssumeRole"],
    Principal: { AWS: [ACCOUNT], Service: ["firehose.amazonaws.com", "lambda.amazonaws.com"] },
    Effect: "Allow",
  },
  Version: "2012-10-17",
};

const statement = (action: string | string[], resource: string | string[] = "*") => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
});
const policy = (...statements: object[]) => ({ Version: "2012-10-17", Statement: statements });

const writes = policy(
  statement(["kinesis:PutRecord", "kinesis:PutRecords"]),
  statement("s3:GetObject", ["arn:aws:s3:::a/*"]),
);
/** The same, in other words. */
const sameWrites = JSON.stringify(
  policy(
    statement(["s3:GetObject"], "arn:aws:s3:::a/*"),
    statement(["kinesis:PutRecords", "kinesis:PutRecord"], ["*"]),
  ),
  null,
  2,
);
const reads = policy(statement("kinesis:GetRecords"));

async function withRole(stage: ProviderStage): Promise<string> {
  const { id } = await stage.make("aws:iam/role:Role", { name: "writer", assumeRolePolicy: trust }, "writer");
  return id;
}

const RoleName = { RoleName: "writer" };
const policyArn = `arn:aws:iam::${ACCOUNT}:policy/team/shared`;

/** The resource types of IAM. */
export const samples: readonly ResourceSample[] = [
  {
    token: "aws:iam/role:Role",
    inputs: () => ({
      name: "writer",
      path: "/team/",
      assumeRolePolicy: trust,
      description: "writes",
      maxSessionDuration: 7_200,
      permissionsBoundary: "arn:aws:iam::aws:policy/AdministratorAccess",
      inlinePolicies: [
        { name: "write", policy: JSON.stringify(writes) },
        { name: "read", policy: JSON.stringify(reads) },
      ],
      managedPolicyArns: [awsPolicy("AWSLambdaBasicExecutionRole"), awsPolicy("AWSLambdaKinesisExecutionRole")],
      tags: { team: "data" },
    }),
    same: [
      { assumeRolePolicy: JSON.stringify(trust) },
      { assumeRolePolicy: sameTrust },
      { assumeRolePolicy: JSON.stringify(sameTrust, null, 2) },
      { forceDetachPolicies: false },
      { managedPolicyArns: [awsPolicy("AWSLambdaKinesisExecutionRole"), awsPolicy("AWSLambdaBasicExecutionRole")] },
      {
        inlinePolicies: [
          { policy: JSON.stringify(reads, null, 2), name: "read" },
          { name: "write", policy: sameWrites },
        ],
      },
      { inlinePolicies: undefined, managedPolicyArns: undefined },
    ],
    updates: [
      { inputs: { assumeRolePolicy: { ...trust, Version: "2008-10-17" } }, diffs: ["assumeRolePolicy"] },
      {
        inputs: { description: "reads", maxSessionDuration: 3_600, tags: { owner: "me" } },
        diffs: ["description", "maxSessionDuration", "tags"],
      },
      {
        inputs: { permissionsBoundary: awsPolicy("AWSLambdaBasicExecutionRole") },
        diffs: ["permissionsBoundary"],
      },
      { inputs: { permissionsBoundary: undefined }, diffs: ["permissionsBoundary"] },
      { inputs: { managedPolicyArns: [awsPolicy("AWSLambdaVPCAccessExecutionRole")] }, diffs: ["managedPolicyArns"] },
      { inputs: { inlinePolicies: [{ name: "read", policy: JSON.stringify(writes) }] }, diffs: ["inlinePolicies"] },
      { inputs: { inlinePolicies: [{}], managedPolicyArns: [] }, diffs: ["inlinePolicies", "managedPolicyArns"] },
    ],
    replacements: [
      { inputs: { name: "other" }, replaces: ["name"] },
      { inputs: { path: "/" }, replaces: ["path"], deleteBeforeReplace: true },
    ],
    drifts: [
      {
        by: (stage) => stage.call("iam", "DeleteRolePermissionsBoundary", RoleName),
        inputs: { permissionsBoundary: undefined },
      },
      {
        by: (stage) => stage.call("iam", "TagRole", { ...RoleName, Tags: [{ Key: "owner", Value: "me" }] }),
        inputs: { tags: { team: "data", owner: "me" } },
      },
      {
        by: (stage) => stage.call("iam", "UntagRole", { ...RoleName, TagKeys: ["TEAM"] }),
        inputs: { tags: {} },
      },
      {
        by: (stage) => stage.call("iam", "UpdateRole", { ...RoleName, Description: "", MaxSessionDuration: 3_600 }),
        inputs: { description: "", maxSessionDuration: 3_600 },
      },
      {
        by: (stage) =>
          stage.call("iam", "UpdateAssumeRolePolicy", {
            ...RoleName,
            PolicyDocument: JSON.stringify({ ...trust, Version: "2008-10-17" }),
          }),
        inputs: { assumeRolePolicy: JSON.stringify({ ...trust, Version: "2008-10-17" }) },
      },
      {
        by: (stage) => stage.call("iam", "DeleteRolePolicy", { ...RoleName, PolicyName: "read" }),
        inputs: { inlinePolicies: [{ name: "write", policy: JSON.stringify(writes) }] },
      },
      {
        by: (stage) =>
          stage.call("iam", "DetachRolePolicy", { ...RoleName, PolicyArn: awsPolicy("AWSLambdaBasicExecutionRole") }),
        inputs: { managedPolicyArns: [awsPolicy("AWSLambdaKinesisExecutionRole")] },
      },
    ],
  },
  {
    token: "aws:iam/role:Role",
    // One tag is also a default tag of the provider: an import cannot know that it is the resource's own.
    inputs: () => ({
      assumeRolePolicy: JSON.stringify(trust, null, 2),
      forceDetachPolicies: true,
      tags: { team: "data", project: "stage" },
    }),
    same: [{ assumeRolePolicy: sameTrust, description: "", path: "/", maxSessionDuration: 3_600 }],
    updates: [{ inputs: { tags: { project: "other" } }, diffs: ["tags"] }],
    replacements: [{ inputs: { path: "/team/" }, replaces: ["path"] }],
    unknownToImport: ["forceDetachPolicies", "tags"],
  },
  {
    token: "aws:iam/rolePolicy:RolePolicy",
    inputs: async (stage) => ({ name: "write", role: await withRole(stage), policy: writes }),
    same: [{ policy: JSON.stringify(writes) }, { policy: sameWrites }, { policy: JSON.parse(sameWrites) }],
    updates: [{ inputs: { policy: reads }, diffs: ["policy"] }],
    replacements: [
      { inputs: { name: "other" }, replaces: ["name"] },
      { inputs: { role: "other" }, replaces: ["role"], deleteBeforeReplace: true },
    ],
    drifts: [
      {
        by: (stage) =>
          stage.call("iam", "PutRolePolicy", {
            ...RoleName,
            PolicyName: "write",
            PolicyDocument: JSON.stringify(reads),
          }),
        inputs: { policy: JSON.stringify(reads) },
      },
    ],
  },
  {
    token: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    inputs: async (stage) => ({
      role: await withRole(stage),
      policyArn: (await stage.make("aws:iam/policy:Policy", { path: "/team/", policy: writes }, "shared")).id,
    }),
    replacements: [
      { inputs: { role: "other" }, replaces: ["role"], deleteBeforeReplace: true },
      {
        inputs: { policyArn: awsPolicy("AWSLambdaBasicExecutionRole") },
        replaces: ["policyArn"],
        deleteBeforeReplace: true,
      },
    ],
  },
  {
    token: "aws:iam/policy:Policy",
    inputs: () => ({
      name: "shared",
      path: "/team/",
      description: "who writes",
      policy: writes,
      tags: { team: "data" },
    }),
    same: [{ policy: JSON.stringify(writes) }, { policy: sameWrites }, { policy: JSON.parse(sameWrites) }],
    updates: [
      { inputs: { policy: reads }, diffs: ["policy"] },
      { inputs: { policy: JSON.stringify(reads), tags: undefined }, diffs: ["policy", "tags"] },
    ],
    replacements: [
      { inputs: { name: "other" }, replaces: ["name"] },
      { inputs: { path: "/" }, replaces: ["path"], deleteBeforeReplace: true },
      { inputs: { description: "who reads" }, replaces: ["description"], deleteBeforeReplace: true },
    ],
    drifts: [
      {
        by: (stage) =>
          stage.call("iam", "CreatePolicyVersion", {
            PolicyArn: policyArn,
            PolicyDocument: JSON.stringify(reads),
            SetAsDefault: true,
          }),
        inputs: { policy: JSON.stringify(reads) },
      },
      {
        by: (stage) =>
          stage.call("iam", "TagPolicy", { PolicyArn: policyArn, Tags: [{ Key: "project", Value: "other" }] }),
        inputs: { tags: { team: "data", project: "other" } },
      },
      {
        by: (stage) => stage.call("iam", "UntagPolicy", { PolicyArn: policyArn, TagKeys: ["team"] }),
        inputs: { tags: {} },
      },
    ],
  },
];
