import type { MadeResource } from "../../../support/provider-stage.ts";
import type { ResourceSample } from "../resource-sample.ts";
import { aKeyAndAPlan, cli, joined, later, patched, tagged, tags, token, twoDeployments } from "./apigateway-parts.ts";

const ofKey = ({ id }: MadeResource) => ({ apiKey: id });
const ofPlan = ({ id }: MadeResource) => ({ usagePlanId: id });
/** What the last sample was made with: for an argument whose value is known only then. */
const last = { stages: [] as readonly { readonly apiId: string; readonly stage: string }[] };

/** Keys and usage plans. */
export const clientSamples: readonly ResourceSample[] = [
  {
    token: token("ApiKey"),
    inputs: () => ({ description: "a client's", enabled: true, value: "k".repeat(20), tags }),
    same: [{ value: undefined }],
    updates: [
      { inputs: { name: "client" }, diffs: ["name"] },
      { inputs: { description: "another" }, diffs: ["description"] },
      { inputs: { enabled: false }, diffs: ["enabled"] },
      { inputs: { tags: {} }, diffs: ["tags"] },
    ],
    replacements: [{ inputs: { value: "l".repeat(20) }, replaces: ["value"] }],
    drifts: [
      patched("UpdateApiKey", ofKey, { "/enabled": "false" }, { enabled: false }),
      patched(
        "UpdateApiKey",
        ofKey,
        { "/name": "mine", "/description": "mine" },
        { name: "mine", description: "mine" },
      ),
      ...tagged(({ id }) => `/apikeys/${id}`),
    ],
  },
  { token: token("ApiKey"), inputs: () => ({}), same: [{ description: "Managed by Pulumi", enabled: true }] },
  {
    token: token("UsagePlan"),
    async inputs(stage) {
      const { restApi, first } = await twoDeployments(stage);
      const apiStages: { apiId: string; stage: string }[] = [];
      for (const stageName of ["v1", "v2"]) {
        await stage.make(token("Stage"), { restApi, deployment: first.id, stageName }, stageName);
        apiStages.push({ apiId: restApi, stage: stageName });
      }
      last.stages = [...apiStages].reverse();
      return {
        ...{ description: "for clients", apiStages, tags },
        throttleSettings: { rateLimit: 10.5, burstLimit: 20 },
        quotaSettings: { limit: 1_000, period: "DAY" },
      };
    },
    same: [later("apiStages", () => last.stages), { quotaSettings: { limit: 1_000, offset: 0, period: "DAY" } }],
    updates: [
      { inputs: { name: "plan" }, diffs: ["name"] },
      { inputs: { description: undefined }, diffs: ["description"] },
      { inputs: later("apiStages", () => last.stages.slice(1)), diffs: ["apiStages"] },
      { inputs: { throttleSettings: { rateLimit: 10.5 } }, diffs: ["throttleSettings"] },
      { inputs: { quotaSettings: { limit: 1_000, period: "MONTH" } }, diffs: ["quotaSettings"] },
      {
        inputs: { quotaSettings: undefined, throttleSettings: undefined },
        diffs: ["quotaSettings", "throttleSettings"],
      },
      { inputs: { tags: { kind: "other" } }, diffs: ["tags"] },
    ],
    drifts: [
      patched(
        "UpdateUsagePlan",
        ofPlan,
        { "/throttle/burstLimit": "5", "/quota": undefined },
        { throttleSettings: { rateLimit: 10.5, burstLimit: 5 }, quotaSettings: undefined },
      ),
      {
        by: (stage, made) => {
          const patch = {
            op: "remove",
            path: "/apiStages",
            value: `${last.stages[0]?.apiId}:${last.stages[0]?.stage}`,
          };
          return cli(stage, "UpdateUsagePlan", { ...ofPlan(made), patchOperations: [patch] });
        },
        inputs: later("apiStages", () => last.stages.slice(1)),
      },
      {
        by: (stage) =>
          cli(stage, "DeleteStage", { restApiId: last.stages[0]?.apiId, stageName: last.stages[0]?.stage }),
        inputs: later("apiStages", () => last.stages.slice(1)),
      },
      ...tagged(({ id }) => `/usageplans/${id}`),
    ],
  },
  {
    token: token("UsagePlanKey"),
    async inputs(stage) {
      const { key, plan } = await aKeyAndAPlan(stage);
      return { keyId: key.id, keyType: "API_KEY", usagePlanId: plan.id };
    },
    replacements: [
      { inputs: { keyId: "another" }, replaces: ["keyId"] },
      { inputs: { usagePlanId: "another" }, replaces: ["usagePlanId"] },
    ],
    importId: (outputs) => joined(outputs, "usagePlanId", outputs["keyId"]),
  },
];
