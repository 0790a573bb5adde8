import type { ResourceSample } from "../resource-sample.ts";

/** The resource types of Kinesis Data Streams. */
export const samples: readonly ResourceSample[] = [
  {
    token: "aws:kinesis/stream:Stream",
    inputs: () => ({ shardCount: 2, retentionPeriod: 48, tags: { team: "data" } }),
    same: [{ encryptionType: "NONE" }, { streamModeDetails: { streamMode: "PROVISIONED" } }],
    updates: [{ inputs: { shardCount: 3, tags: { team: "other" } }, diffs: ["shardCount", "tags"] }],
    replacements: [{ inputs: { name: "other" }, replaces: ["name"] }],
  },
];
