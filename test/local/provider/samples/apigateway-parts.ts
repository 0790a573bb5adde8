import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import type { MadeResource, ProviderStage } from "../../../support/provider-stage.ts";
import { STAGE_REGION } from "../../../support/service-stage.ts";
import type { ResourceSample } from "../resource-sample.ts";

type Drift = NonNullable<ResourceSample["drifts"]>[0];

/** Token of a type of API Gateway: `aws:apigateway/restApi:RestApi`. */
export const token = (type: string) => `aws:apigateway/${type[0]?.toLowerCase()}${type.slice(1)}:${type}`;

/** ARN of a thing of the control plane. */
export const arn = (path: string) => `arn:aws:apigateway:${STAGE_REGION}::${path}`;

/** One call of the service by the account's administrator, as the AWS CLI makes it. */
export function cli<T>(stage: ProviderStage, operation: string, params: Properties): Promise<T> {
  return stage.call<T>("apigateway", operation, params);
}

/** Somebody patches what was made: `/path` and its new value, undefined for none any more; and what a refresh then finds. */
export function patched(
  operation: string,
  params: (made: MadeResource) => Properties,
  values: Readonly<Record<string, string | undefined>>,
  inputs: Properties,
): Drift {
  const patchOperations = Object.entries(values).map(([path, value]) =>
    value === undefined ? { op: "remove", path } : { op: "replace", path, value },
  );
  return { by: (stage, made) => cli(stage, operation, { ...params(made), patchOperations }), inputs };
}

/** Tags that samples are made with. */
export const tags = { kind: "sample" };

/** Somebody tags and untags what was made with `tags`. */
export function tagged(path: (made: MadeResource) => string): readonly Drift[] {
  const resourceArn = (made: MadeResource) => arn(path(made));
  return [
    {
      by: (stage, made) => cli(stage, "TagResource", { resourceArn: resourceArn(made), tags: { owner: "somebody" } }),
      inputs: { tags: { ...tags, owner: "somebody" } },
    },
    {
      by: (stage, made) => cli(stage, "UntagResource", { resourceArn: resourceArn(made), tagKeys: Object.keys(tags) }),
      inputs: { tags: {} },
    },
  ];
}

/** An argument whose value is known only when the sample is made. */
export function later(name: string, value: () => unknown): Properties {
  return Object.defineProperty({}, name, { enumerable: true, get: value });
}

/** An API with a resource `/events`. */
export async function anApi(stage: ProviderStage) {
  const { id: restApi, outputs } = await stage.make(token("RestApi"), { name: "gate" }, "api");
  const rootResourceId = String(outputs["rootResourceId"]);
  const events = { restApi, parentId: rootResourceId, pathPart: "events" };
  const { id: resourceId } = await stage.make(token("Resource"), events, "events");
  return { restApi, rootResourceId, resourceId };
}

/** `POST /events` of a new API. */
export async function aMethod(stage: ProviderStage) {
  const { restApi, resourceId } = await anApi(stage);
  const method = { restApi, resourceId, httpMethod: "POST" };
  await stage.make(token("Method"), { ...method, authorization: "NONE" }, "method");
  return method;
}

/** The same, which answers 200 or 400 by itself. */
export async function aMock(stage: ProviderStage) {
  const method = await aMethod(stage);
  const responseParameters = { "method.response.header.X-Kind": true };
  for (const statusCode of ["200", "400"]) {
    await stage.make(token("MethodResponse"), { ...method, statusCode, responseParameters }, statusCode);
  }
  const requestTemplates = { "application/json": '{"statusCode": 200}' };
  await stage.make(token("Integration"), { ...method, type: "MOCK", requestTemplates }, "integration");
  return method;
}

/** The same, deployed twice: once it says `first`, then `second`. */
export async function twoDeployments(stage: ProviderStage) {
  const method = await aMock(stage);
  const { restApi } = method;
  const answer = (words: string) => ({ statusCode: "200", responseTemplates: { "application/json": words } });
  const response = await stage.make(token("IntegrationResponse"), { ...method, ...answer("first") }, "answer");
  const first = await stage.make(token("Deployment"), { restApi, triggers: { words: "first" } }, "first");
  const { urn, id, outputs: olds, inputs: oldInputs } = response;
  await stage.provider.update({ urn, id, olds, oldInputs, news: { ...oldInputs, ...answer("second") } });
  const second = await stage.make(token("Deployment"), { restApi, triggers: { words: "second" } }, "second");
  return { ...method, first, second, response };
}

/** The first of them, served as `v1`. */
export async function aStage(stage: ProviderStage) {
  const { restApi, first } = await twoDeployments(stage);
  await stage.make(token("Stage"), { restApi, deployment: first.id, stageName: "v1" }, "stage");
  return { restApi, stageName: "v1" };
}

/** ARN of a role that API Gateway may assume. */
export async function aRole(stage: ProviderStage, name: string): Promise<unknown> {
  const assumeRolePolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" }, Action: "sts:AssumeRole" }],
  });
  return (await stage.make("aws:iam/role:Role", { name, assumeRolePolicy }, name)).outputs["arn"];
}

/** A key, and a plan for the stage `v1` of an API. */
export async function aKeyAndAPlan(stage: ProviderStage) {
  const { restApi, stageName } = await aStage(stage);
  const key = await stage.make(token("ApiKey"), { name: "client" }, "key");
  const apiStages = [{ apiId: restApi, stage: stageName }];
  const plan = await stage.make(token("UsagePlan"), { name: "plan", apiStages }, "plan");
  return { restApi, stageName, key, plan };
}

/** A JSON template, by its content type. */
export const json = (template: string) => ({ "application/json": template });

/** What an import names a resource by: the part that stands in its outputs under this name, and those after it. */
export function joined(outputs: Properties, first: string, ...more: readonly unknown[]): string {
  return [outputs[first], ...more].map(String).join("/");
}

/** The API of what was made, in the words of the operations. */
export const underApi = ({ inputs }: MadeResource) => ({ restApiId: inputs["restApi"] });
