import type { Place } from "../../kernel/place.ts";
import type { Tags } from "../../resource-types/default-tags.ts";
import type { CompiledApi } from "./compile.ts";
import {
  type ApiDefinition,
  type MethodDefinition,
  type ModelDefinition,
  methodKey,
  type ResourceDefinition,
  type ValidatorDefinition,
} from "./definition.ts";
import { found } from "./errors.ts";
import type { Throttle } from "./limits.ts";
import { newId } from "./new-id.ts";

/** What a stage has beside its deployment's API. */
export interface StageSettings {
  readonly deploymentId: string;
  readonly description: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly accessLog: { readonly logGroupArn: string; readonly format: string } | undefined;
}

/** One deployed and served version of an API. */
export interface Stage {
  readonly name: string;
  /** Cloud time, milliseconds since the epoch. */
  readonly createdAt: number;
  lastUpdatedAt: number;
  settings: StageSettings;
  /** By method path: all of them, or `<resource path without its slash>/<verb>`. A negative limit is none of the stage's own. */
  readonly methodSettings: Map<string, Throttle>;
  tags: Tags;
}

/** A picture of an API, and what people say of it. */
export interface Deployment {
  readonly id: string;
  readonly api: CompiledApi;
  /** Cloud time, milliseconds since the epoch. */
  readonly createdAt: number;
  description: string | undefined;
}

/** What an API has beside its resources. */
export interface ApiSettings {
  readonly name: string;
  readonly description: string | undefined;
  readonly endpointType: "REGIONAL" | "EDGE";
  readonly ipAddressType: "ipv4" | "dualstack";
}

/** The models that every API begins with. */
const BUILT_IN_MODELS = [
  {
    name: "Empty",
    description: "This is a default empty schema model",
    schema: { $schema: "http://json-schema.org/draft-04/schema#", title: "Empty Schema", type: "object" },
  },
  {
    name: "Error",
    description: "This is a default error schema model",
    schema: {
      $schema: "http://json-schema.org/draft-04/schema#",
      title: "Error Schema",
      type: "object",
      properties: { message: { type: "string" } },
    },
  },
] as const;

/** How API Gateway refuses a part of an API that is not there, or whose API is not there. */
export const unknownPart = {
  resource: "Invalid Resource identifier specified",
  validator: "Invalid Request Validator identifier specified",
} as const;

/** A REST API: what is being edited, what was deployed, and the stages that serve deployments. */
export class RestApi implements Place {
  readonly id = newId(10);
  readonly rootResourceId = newId(10);
  readonly accountId: string;
  readonly region: string;
  /** Cloud time, milliseconds since the epoch. */
  readonly createdAt: number;
  settings: ApiSettings;
  tags: Tags;
  readonly definition: ApiDefinition;
  /** By id. */
  readonly deployments = new Map<string, Deployment>();
  /** By name. */
  readonly stages = new Map<string, Stage>();

  constructor(spec: { place: Place; settings: ApiSettings; tags: Tags; now: number }) {
    this.accountId = spec.place.accountId;
    this.region = spec.place.region;
    this.settings = spec.settings;
    this.tags = spec.tags;
    this.createdAt = spec.now;
    this.definition = {
      resources: new Map([[this.rootResourceId, { id: this.rootResourceId, parentId: undefined, pathPart: "" }]]),
      methods: new Map(),
      models: new Map(
        BUILT_IN_MODELS.map(({ name, description, schema }) => [
          name,
          { id: newId(6), name, contentType: "application/json", description, schema: JSON.stringify(schema) },
        ]),
      ),
      validators: new Map(),
      gatewayResponses: new Map(),
    };
  }

  /** The resource, which must exist. Throws NotFoundException. */
  resource(id: string): ResourceDefinition {
    return found(this.definition.resources.get(id), unknownPart.resource);
  }

  /** The method, which must exist. Throws NotFoundException. */
  method(resourceId: string, httpMethod: string): MethodDefinition {
    this.resource(resourceId);
    return found(this.definition.methods.get(methodKey(resourceId, httpMethod)), "Invalid Method identifier specified");
  }

  /** The model, which must exist. Throws NotFoundException. */
  model(name: string): ModelDefinition {
    return found(this.definition.models.get(name), `Invalid model name specified: ${name}`);
  }

  /** The request validator, which must exist. Throws NotFoundException. */
  validator(id: string): ValidatorDefinition {
    return found(this.definition.validators.get(id), unknownPart.validator);
  }

  /** The deployment, which must exist. Throws NotFoundException. */
  deployment(id: string): Deployment {
    return found(this.deployments.get(id), "Invalid Deployment identifier specified");
  }

  /** The stage, which must exist. Throws NotFoundException. */
  stage(name: string): Stage {
    return found(this.stages.get(name), "Invalid stage identifier specified");
  }
}
