import type { ProviderStage } from "../../../support/provider-stage.ts";
import type { ResourceSample } from "../resource-sample.ts";

const group = "aws:cloudwatch/logGroup:LogGroup";
const stream = "aws:cloudwatch/logStream:LogStream";
const groupArn = "arn:aws:logs:us-east-1:111111111111:log-group:/app/events";

const call = (operation: string, params: object) => (stage: ProviderStage) => stage.call("logs", operation, params);

const LOG_KEY = "arn:aws:kms:us-east-1:111111111111:key/logs";

/** The resource types of CloudWatch Logs. */
export const samples: readonly ResourceSample[] = [
  {
    token: group,
    inputs: () => ({
      name: "/app/events",
      retentionInDays: 30,
      deletionProtectionEnabled: false,
      tags: { team: "data" },
    }),
    same: [{ logGroupClass: "STANDARD" }, { deletionProtectionEnabled: undefined }, { skipDestroy: false }],
    updates: [
      { inputs: { retentionInDays: 7, skipDestroy: true }, diffs: ["retentionInDays", "skipDestroy"] },
      { inputs: { retentionInDays: 0, tags: { team: "other" } }, diffs: ["retentionInDays", "tags"] },
      { inputs: { deletionProtectionEnabled: true }, diffs: ["deletionProtectionEnabled"] },
      { inputs: { kmsKeyId: LOG_KEY }, diffs: ["kmsKeyId"] },
    ],
    replacements: [
      { inputs: { name: "/app/others" }, replaces: ["name"] },
      { inputs: { logGroupClass: "INFREQUENT_ACCESS" }, replaces: ["logGroupClass"], deleteBeforeReplace: true },
    ],
    drifts: [
      {
        by: call("PutRetentionPolicy", { logGroupName: "/app/events", retentionInDays: 365 }),
        inputs: { retentionInDays: 365 },
      },
      { by: call("DeleteRetentionPolicy", { logGroupName: "/app/events" }), inputs: { retentionInDays: 0 } },
      {
        by: call("TagResource", { resourceArn: groupArn, tags: { owner: "ops" } }),
        inputs: { tags: { team: "data", owner: "ops" } },
      },
      {
        by: call("AssociateKmsKey", { logGroupName: "/app/events", kmsKeyId: LOG_KEY }),
        inputs: { kmsKeyId: LOG_KEY },
      },
      { by: call("UntagResource", { resourceArn: groupArn, tagKeys: ["team"] }), inputs: { tags: {} } },
    ],
  },
  {
    token: group,
    inputs: () => ({ logGroupClass: "INFREQUENT_ACCESS", kmsKeyId: LOG_KEY }),
    updates: [{ inputs: { kmsKeyId: undefined }, diffs: ["kmsKeyId"] }],
  },
  {
    token: stream,
    inputs: async (stage) => {
      await stage.make(group, { name: "/app/events" }, "group");
      return { name: "delivery", logGroupName: "/app/events" };
    },
    replacements: [
      { inputs: { name: "other" }, replaces: ["name"] },
      { inputs: { logGroupName: "/app/others" }, replaces: ["logGroupName"], deleteBeforeReplace: true },
    ],
    importId: ({ logGroupName, name }) => `${logGroupName}:${name}`,
  },
];
