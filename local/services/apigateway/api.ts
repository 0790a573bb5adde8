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

/** The settings of a stage besides its deployment. */
export interface StageSettings {
  readonly deploymentId: string;
  readonly description: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly accessLog: { readonly logGroupArn: string; readonly format: string } | undefined;
}

/** A stage: one deployment of an API, served under a name. */
export interface Stage {
  readonly name: string;
  /** Cloud time, milliseconds since the epoch. */
  readonly createdAt: number;
  lastUpdatedAt: number;
  settings: StageSettings;
  /**
   * Throttles by method path: all methods, or `<resource path without its slash>/<verb>`. A negative limit means that
   * the stage has none of its own.
   */
  readonly methodSettings: Map<string, Throttle>;
  tags: Tags;
}

/** A snapshot of an API, with its description. */
export interface Deployment {
  readonly id: string;
  readonly api: CompiledApi;
  /** Cloud time, milliseconds since the epoch. */
  readonly createdAt: number;
  description: string | undefined;
}

/** The settings of an API besides its resources. */
export interface ApiSettings {
  readonly name: string;
  readonly description: string | undefined;
  readonly endpointType: "REGIONAL" | "EDGE";
  readonly ipAddressType: "ipv4" | "dualstack";
}

/** The models of a new API. */
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

/** API Gateway's messages for a missing part of an API, or a part of a missing API. */
export const unknownPart = {
  resource: "Invalid Resource identifier specified",
  validator: "Invalid Request Validator identifier specified",
} as const;

/** A REST API: its editable definition, its deployments, and the stages that serve them. */
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

  /** The resource with this id. Throws NotFoundException. */
  resource(id: string): ResourceDefinition {
    return found(this.definition.resources.get(id), unknownPart.resource);
  }

  /** The method of this resource and verb. Throws NotFoundException. */
  method(resourceId: string, httpMethod: string): MethodDefinition {
    this.resource(resourceId);
    return found(this.definition.methods.get(methodKey(resourceId, httpMethod)), "Invalid Method identifier specified");
  }

  /** The model with this name. Throws NotFoundException. */
  model(name: string): ModelDefinition {
    return found(this.definition.models.get(name), `Invalid model name specified: ${name}`);
  }

  /** The request validator with this id. Throws NotFoundException. */
  validator(id: string): ValidatorDefinition {
    return found(this.definition.validators.get(id), unknownPart.validator);
  }

  /** The deployment with this id. Throws NotFoundException. */
  deployment(id: string): Deployment {
    return found(this.deployments.get(id), "Invalid Deployment identifier specified");
  }

  /** The stage with this name. Throws NotFoundException. */
  stage(name: string): Stage {
    return found(this.stages.get(name), "Invalid stage identifier specified");
  }
}
