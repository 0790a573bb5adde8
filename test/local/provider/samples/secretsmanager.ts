import type { ProviderStage } from "../../../support/provider-stage.ts";
import type { ResourceSample } from "../resource-sample.ts";

const SECRET = "aws:secretsmanager/secret:Secret";
const VERSION = "aws:secretsmanager/secretVersion:SecretVersion";

/** Lets this account read the secret. */
const policy = (account: string) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: "secretsmanager:GetSecretValue",
      Resource: "*",
    },
  ],
});
const one = JSON.stringify(policy("222222222222"));
const other = JSON.stringify(policy("333333333333"));
/** The same, with an account by its number and a list for a single value. */
const same = one.replace("arn:aws:iam::222222222222:root", "222222222222").replace('"*"', '["*"]');

const makeSecret = async (stage: ProviderStage, name = "login") => (await stage.make(SECRET, { name }, name)).id;
const call = (operation: string, params: object) => (stage: ProviderStage) =>
  stage.call("secretsmanager", operation, { SecretId: "login", ...params });
const token = "22222222-2222-2222-2222-222222222222";

/** The resource types of Secrets Manager. */
export const samples: readonly ResourceSample[] = [
  {
    token: SECRET,
    inputs: () => ({
      name: "login",
      description: "Of the API",
      kmsKeyId: "1234",
      policy: one,
      recoveryWindowInDays: 7,
      forceOverwriteReplicaSecret: true,
      tags: { team: "data" },
    }),
    same: [{ policy: same }, { policy: undefined }],
    updates: [
      { inputs: { description: "Other", kmsKeyId: "5678" }, diffs: ["description", "kmsKeyId"] },
      { inputs: { description: undefined }, diffs: ["description"] },
      { inputs: { policy: other, tags: { team: "other" } }, diffs: ["policy", "tags"] },
      { inputs: { policy: "{}", tags: undefined }, diffs: ["policy", "tags"] },
    ],
    replacements: [{ inputs: { name: "others" }, replaces: ["name"] }],
    drifts: [
      {
        by: call("UpdateSecret", { Description: "Drifted", ClientRequestToken: token }),
        inputs: { description: "Drifted" },
      },
      { by: call("PutResourcePolicy", { ResourcePolicy: other }), inputs: { policy: other } },
      {
        by: call("TagResource", { Tags: [{ Key: "owner", Value: "ops" }] }),
        inputs: { tags: { team: "data", owner: "ops" } },
      },
      { by: call("UntagResource", { TagKeys: ["team"] }), inputs: { tags: {} } },
    ],
    unknownToImport: ["forceOverwriteReplicaSecret", "recoveryWindowInDays"],
  },
  {
    token: SECRET,
    inputs: () => ({}),
    same: [{ recoveryWindowInDays: 30, forceOverwriteReplicaSecret: false }, { policy: "" }],
    updates: [{ inputs: { description: "Of the API" }, diffs: ["description"] }],
    replacements: [{ inputs: { name: "login" }, replaces: ["name"] }],
  },
  {
    token: VERSION,
    inputs: async (stage) => ({ secretId: await makeSecret(stage), secretString: "open sesame" }),
    same: [{ versionStages: ["AWSCURRENT"] }],
    replacements: [
      { inputs: { secretString: "other" }, replaces: ["secretString"] },
      { inputs: { secretString: undefined, secretBinary: "AAEC" }, replaces: ["secretBinary", "secretString"] },
      { inputs: { secretId: "others" }, replaces: ["secretId"] },
    ],
    // The current version stays: there is no secret with versions and no current one.
    leftByDelete: {},
  },
  {
    token: VERSION,
    inputs: async (stage) => {
      const secretId = await makeSecret(stage);
      await stage.make(VERSION, { secretId, secretString: "first" }, "first");
      return { secretId: "login", secretBinary: "AAEC", versionStages: ["green", "blue"] };
    },
    same: [{ versionStages: ["blue", "green"] }],
    updates: [{ inputs: { versionStages: ["blue"] }, diffs: ["versionStages"] }],
    drifts: [
      {
        by: (stage, { outputs }) =>
          call("UpdateSecretVersionStage", { VersionStage: "green", RemoveFromVersionId: outputs["versionId"] })(stage),
        inputs: { versionStages: ["blue"] },
      },
    ],
  },
  {
    token: "aws:secretsmanager/secretPolicy:SecretPolicy",
    inputs: async (stage) => ({ secretArn: await makeSecret(stage), policy: one, blockPublicPolicy: true }),
    same: [{ policy: same }],
    updates: [{ inputs: { policy: other }, diffs: ["policy"] }],
    replacements: [{ inputs: { secretArn: "others" }, replaces: ["secretArn"] }],
    drifts: [{ by: call("PutResourcePolicy", { ResourcePolicy: other }), inputs: { policy: other } }],
    unknownToImport: ["blockPublicPolicy"],
  },
];
