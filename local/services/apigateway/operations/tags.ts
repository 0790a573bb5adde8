import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import type { Tags } from "../../../resource-types/default-tags.ts";
import { tagMistakes, tagsWithout } from "../../../resource-types/tags.ts";
import type { Inputs } from "../../../wire/models/apigateway.ts";
import { badRequest, notFound } from "../errors.ts";
import type { ApiGatewayStore } from "../store.ts";
import { gatewayOperation } from "./define.ts";

const tagsPath = ({ resourceArn }: { resourceArn: string }) => `/tags/${encodeURIComponent(resourceArn)}`;

/** The resource that an ARN names; throws when the service has no tags for it. */
function taggable(store: ApiGatewayStore, call: Call, arn: string): { tags: Tags } {
  const [, region, where = ""] = /^arn:[^:]+:apigateway:([^:]+)::(\/.+)$/.exec(arn) ?? [];
  if (region !== call.region) throw badRequest("Invalid ARN specified in the request");
  const [kind = "", id = "", part, name, ...rest] = where.slice(1).split("/");
  if (rest.length > 0) throw notFound("Invalid resource identifier specified");
  if (kind === "restapis" && part === "stages") return store.apis.require(id, call).stage(name ?? "");
  if (kind === "restapis" && part === undefined) return store.apis.require(id, call);
  if (kind === "apikeys" && part === undefined) return store.keys.require(id, call);
  if (kind === "usageplans" && part === undefined) return store.plans.require(id, call);
  throw notFound("Invalid resource identifier specified");
}

/** Tags of APIs, stages, keys and usage plans. */
export function tagOperations(store: ApiGatewayStore): Readonly<Record<string, Operation>> {
  return defineOperations<Inputs>({
    GetTags: gatewayOperation({
      verb: "GET",
      path: (params) => tagsPath(params),
      run: ({ resourceArn }, call) => ({ tags: taggable(store, call, resourceArn).tags }),
    }),
    TagResource: gatewayOperation({
      verb: "PUT",
      path: (params) => tagsPath(params),
      run({ resourceArn, tags }, call) {
        const thing = taggable(store, call, resourceArn);
        const all = { ...thing.tags, ...tags };
        const [mistake] = tagMistakes(all);
        if (mistake) throw badRequest(`Invalid tags: ${mistake.message}`);
        thing.tags = all;
      },
    }),
    UntagResource: gatewayOperation({
      verb: "DELETE",
      path: (params) => tagsPath(params),
      run({ resourceArn, tagKeys }, call) {
        const thing = taggable(store, call, resourceArn);
        thing.tags = tagsWithout(thing.tags, tagKeys);
      },
    }),
  });
}
