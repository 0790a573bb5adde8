import { z } from "zod";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import type { Inputs } from "../../../wire/models/apigateway.ts";
import type { StageSettings } from "../api.ts";
import {
  changeStage,
  deleteDeployment,
  deleteMethodSettings,
  deleteStage,
  METHOD_PATH,
  putMethodSettings,
  requireMethodSettings,
  setLogRole,
} from "../control/stage.ts";
import { describeDeployment, describeStage } from "../describe.ts";
import { badRequest } from "../errors.ts";
import { ACCOUNT_THROTTLE, type Throttle } from "../limits.ts";
import {
  checkedPath,
  entryPath,
  numeral,
  type PatchOperation,
  type PatchPath,
  type PatchPaths,
  readValue,
  textPath,
} from "../patch.ts";
import type { ApiGatewayStore } from "../store.ts";
import { gatewayOperation, operationsOf, passRole } from "./define.ts";

/** A stage's patchable settings, and its throttles by method path (undefined: removed). */
interface StagePatch extends StageSettings {
  readonly limits: Readonly<Record<string, Partial<Throttle> | undefined>>;
}

const ACCESS_LOG_EMPTY = "Access Log value must not be empty";

function accessLogPath(name: "logGroupArn" | "format"): PatchPath<StagePatch> {
  return {
    ops: ["add", "replace"],
    apply(settings, value) {
      if (!value) throw badRequest(ACCESS_LOG_EMPTY);
      return { ...settings, accessLog: { logGroupArn: "", format: "", ...settings.accessLog, [name]: value } };
    },
  };
}

function limitPath(name: keyof Throttle): PatchPath<StagePatch> {
  return {
    ops: ["replace"],
    apply(settings, value, [given = ""]) {
      const path = methodPath(given);
      const limit = readValue(name, numeral, value);
      return { ...settings, limits: { ...settings.limits, [path]: { ...settings.limits[path], [name]: limit } } };
    },
  };
}

/** The method path in a patch, with or without the leading slash: `~1events/POST`. */
function methodPath(given: string): string {
  const path = given.startsWith("//") ? `~1/${given.slice(2)}` : given.replace(/^\/(?=.)/, "");
  if (!METHOD_PATH.test(path)) throw badRequest(`Invalid method setting path: /${given}`);
  return path;
}

const stagePaths: PatchPaths<StagePatch> = {
  "/deploymentId": checkedPath("deploymentId", z.string()),
  "/description": textPath("description"),
  "/variables/{name}": entryPath("variables"),
  "/accessLogSettings": { ops: ["remove"], apply: (settings) => ({ ...settings, accessLog: undefined }) },
  "/accessLogSettings/destinationArn": accessLogPath("logGroupArn"),
  "/accessLogSettings/format": accessLogPath("format"),
  "/{methodPath+}/throttling/rateLimit": limitPath("rateLimit"),
  "/{methodPath+}/throttling/burstLimit": limitPath("burstLimit"),
  "/{methodPath+}": {
    ops: ["remove"],
    apply: (settings, _value, [given = ""]) => ({
      ...settings,
      limits: { ...settings.limits, [methodPath(given)]: undefined },
    }),
  },
};

const deploymentPaths: PatchPaths<{ description: string | undefined }> = { "/description": textPath("description") };

const accountPaths: PatchPaths<{ roleArn: string | undefined }> = { "/cloudwatchRoleArn": textPath("roleArn") };

/** Deployments, stages and the account's settings. A stage changes at once. */
export function stageOperations(store: ApiGatewayStore): Readonly<Record<string, Operation>> {
  const api = (params: { restApiId: string }, call: Call) => store.apis.require(params.restApiId, call);
  const under = (params: { restApiId: string }, rest: string) => `/restapis/${params.restApiId}${rest}`;
  return defineOperations<Inputs>({
    GetDeployments: gatewayOperation({
      verb: "GET",
      path: (params) => under(params, "/deployments"),
      run: (params, call) => ({ item: [...api(params, call).deployments.values()].map(describeDeployment) }),
    }),
    ...operationsOf({
      name: "Deployment",
      path: (params) => under(params, `/deployments/${params.deploymentId}`),
      find: (params, call) => api(params, call).deployment(params.deploymentId),
      describe: describeDeployment,
      patch: {
        paths: deploymentPaths,
        settings: ({ description }): { description: string | undefined } => ({ description }),
        change(params, { description }, call) {
          api(params, call).deployment(params.deploymentId).description = description;
        },
      },
      remove: (params, call) => deleteDeployment(api(params, call), params.deploymentId),
    }),
    GetStages: gatewayOperation({
      verb: "GET",
      path: (params) => under(params, "/stages"),
      run: (params, call) => ({
        item: [...api(params, call).stages.values()]
          .filter(({ settings }) => [undefined, settings.deploymentId].includes(params.deploymentId))
          .map(describeStage),
      }),
    }),
    ...operationsOf({
      name: "Stage",
      path: (params) => under(params, `/stages/${params.stageName}`),
      find: (params, call) => api(params, call).stage(params.stageName),
      describe: describeStage,
      patch: {
        paths: stagePaths,
        settings: (stage): StagePatch => ({ ...stage.settings, limits: {} }),
        change(params, { limits, ...settings }, call) {
          const found = api(params, call);
          const { stageName: name } = params;
          const gone = Object.keys(limits).filter((path) => limits[path] === undefined);
          for (const path of gone) requireMethodSettings(found, name, path);
          changeStage(store, found, { name, settings, now: store.ports.clock.now() });
          for (const path of gone) deleteMethodSettings(found, name, path);
          for (const [path, limit] of Object.entries(limits)) if (limit) putMethodSettings(found, name, path, limit);
        },
      },
      remove: (params, call) => deleteStage(store, api(params, call), params.stageName),
    }),
    ...operationsOf({
      name: "Account",
      path: () => "/account",
      find: (_params, call) => ({ roleArn: store.logRole(call) }),
      describe: ({ roleArn }) => ({
        apiKeyVersion: "4",
        features: ["UsagePlans"],
        throttleSettings: ACCOUNT_THROTTLE,
        ...(roleArn ? { cloudwatchRoleArn: roleArn } : {}),
      }),
      patch: {
        paths: accountPaths,
        settings: (account) => account,
        change: (_params, { roleArn }, call) => setLogRole(store, call, roleArn),
        also: (operations: readonly PatchOperation[]) => passRole(operations, "/cloudwatchRoleArn"),
      },
    }),
  });
}
