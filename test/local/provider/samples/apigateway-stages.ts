import type { ResourceSample } from "../resource-sample.ts";
import {
  aRole,
  aStage,
  cli,
  joined,
  later,
  patched,
  tagged,
  tags,
  token,
  twoDeployments,
  underApi,
} from "./apigateway-parts.ts";

/** What the last sample was made with: for arguments whose value is known only then. */
const last = { deployment: "", role: "" };

/** Deployments, stages, their settings, and the account's. */
export const stageSamples: readonly ResourceSample[] = [
  {
    token: token("Deployment"),
    async inputs(stage) {
      const { restApi } = await twoDeployments(stage);
      return { restApi, description: "by the program", triggers: { templates: "0a1b" } };
    },
    updates: [{ inputs: { description: "again" }, diffs: ["description"] }],
    replacements: [
      { inputs: { triggers: { templates: "2c3d" } }, replaces: ["triggers"] },
      { inputs: { restApi: "another" }, replaces: ["restApi"] },
    ],
    drifts: [
      patched(
        "UpdateDeployment",
        (made) => ({ ...underApi(made), deploymentId: made.id }),
        { "/description": "mine" },
        { description: "mine" },
      ),
    ],
    importId: (outputs, id) => joined(outputs, "restApi", id),
    unknownToImport: ["triggers"],
  },
  {
    token: token("Stage"),
    async inputs(stage) {
      const { restApi, first, second } = await twoDeployments(stage);
      last.deployment = second.id;
      await stage.make(token("Account"), { cloudwatchRoleArn: await aRole(stage, "log") }, "account");
      const group = await stage.make("aws:cloudwatch/logGroup:LogGroup", { name: "access" }, "group");
      const accessLogSettings = { destinationArn: group.outputs["arn"], format: "$context.requestId" };
      const more = { description: "the first", variables: { kind: "test" }, accessLogSettings, tags };
      return { restApi, deployment: first.id, stageName: "v1", ...more };
    },
    same: [{ xrayTracingEnabled: false, cacheClusterEnabled: false }],
    updates: [
      { inputs: later("deployment", () => last.deployment), diffs: ["deployment"] },
      { inputs: { description: undefined }, diffs: ["description"] },
      { inputs: { variables: { kind: "other" } }, diffs: ["variables"] },
      { inputs: { accessLogSettings: undefined }, diffs: ["accessLogSettings"] },
      { inputs: { tags: { kind: "other" } }, diffs: ["tags"] },
    ],
    replacements: [
      { inputs: { stageName: "v2" }, replaces: ["stageName"] },
      { inputs: { restApi: "another" }, replaces: ["restApi"] },
    ],
    drifts: [
      {
        by: (stage, made) => {
          const patch = { op: "replace", path: "/deploymentId", value: last.deployment };
          return cli(stage, "UpdateStage", { ...underApi(made), stageName: "v1", patchOperations: [patch] });
        },
        inputs: later("deployment", () => last.deployment),
      },
      patched(
        "UpdateStage",
        (made) => ({ ...underApi(made), stageName: "v1" }),
        { "/variables/kind": "mine", "/accessLogSettings": undefined, "/description": "mine" },
        { variables: { kind: "mine" }, accessLogSettings: undefined, description: "mine" },
      ),
      ...tagged(({ inputs }) => `/restapis/${inputs["restApi"]}/stages/v1`),
    ],
    importId: (outputs) => joined(outputs, "restApi", outputs["stageName"]),
  },
  {
    token: token("MethodSettings"),
    async inputs(stage) {
      const settings = { throttlingRateLimit: 10.5, throttlingBurstLimit: 20 };
      return { ...(await aStage(stage)), methodPath: "*/*", settings };
    },
    updates: [
      { inputs: { settings: { throttlingRateLimit: 10, throttlingBurstLimit: 20 } }, diffs: ["settings"] },
      { inputs: { settings: { throttlingRateLimit: 10.5 } }, diffs: ["settings"] },
    ],
    replacements: [
      { inputs: { methodPath: "events/POST" }, replaces: ["methodPath"] },
      { inputs: { stageName: "v2" }, replaces: ["stageName"] },
      { inputs: { restApi: "another" }, replaces: ["restApi"] },
    ],
    drifts: [
      patched(
        "UpdateStage",
        (made) => ({ ...underApi(made), stageName: "v1" }),
        { "/*/*/throttling/burstLimit": "5" },
        { settings: { throttlingRateLimit: 10.5, throttlingBurstLimit: 5 } },
      ),
    ],
    importId: (outputs) => joined(outputs, "restApi", outputs["stageName"], outputs["methodPath"]),
  },
  {
    token: token("Account"),
    async inputs(stage) {
      last.role = String(await aRole(stage, "other"));
      return { cloudwatchRoleArn: await aRole(stage, "log") };
    },
    updates: [
      { inputs: later("cloudwatchRoleArn", () => last.role), diffs: ["cloudwatchRoleArn"] },
      { inputs: { cloudwatchRoleArn: undefined }, diffs: ["cloudwatchRoleArn"] },
    ],
    drifts: [patched("UpdateAccount", () => ({}), { "/cloudwatchRoleArn": "" }, { cloudwatchRoleArn: "" })],
    leftByDelete: { cloudwatchRoleArn: "" },
  },
];
