import { randomBytes } from "node:crypto";
import { AwsError } from "../../errors.ts";
import type { CompiledApi } from "./compile.ts";
import { type ApiDefinition, type MethodDefinition, methodKey } from "./definition.ts";

/** Requests per second and at once. */
export interface Throttle {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

/** One deployed and served version of an API. */
export interface Stage {
  readonly name: string;
  deploymentId: string;
  variables: Readonly<Record<string, string>>;
  accessLog: { readonly logGroupArn: string; readonly format: string } | undefined;
  /** By method path, such as `*` + `/*`. */
  readonly settings: Map<string, Partial<Throttle>>;
  description: string | undefined;
  tags: Readonly<Record<string, string>>;
}

/** A REST API: what is being edited, what was deployed, and the stages that serve deployments. */
export class RestApi {
  readonly id = newId(10);
  readonly rootResourceId = newId(10);
  readonly accountId: string;
  readonly region: string;
  readonly createdAt: number;
  name: string;
  description: string;
  tags: Readonly<Record<string, string>>;
  readonly definition: ApiDefinition;
  readonly deployments = new Map<
    string,
    { readonly api: CompiledApi; readonly createdAt: number; description: string }
  >();
  readonly stages = new Map<string, Stage>();

  constructor(spec: {
    accountId: string;
    region: string;
    name: string;
    description: string;
    tags: Readonly<Record<string, string>>;
    now: number;
  }) {
    this.accountId = spec.accountId;
    this.region = spec.region;
    this.name = spec.name;
    this.description = spec.description;
    this.tags = spec.tags;
    this.createdAt = spec.now;
    this.definition = {
      resources: new Map([[this.rootResourceId, { id: this.rootResourceId, parentId: undefined, pathPart: "" }]]),
      methods: new Map(),
      models: new Map(),
      validators: new Map(),
      gatewayResponses: new Map(),
    };
  }

  /** The method, which must exist. Throws NotFoundException. */
  method(resourceId: string, httpMethod: string): MethodDefinition {
    if (!this.definition.resources.has(resourceId)) throw notFound("Invalid Resource identifier specified");
    const method = this.definition.methods.get(methodKey(resourceId, httpMethod));
    if (!method) throw notFound("Invalid Method identifier specified");
    return method;
  }

  /** The stage, which must exist. Throws NotFoundException. */
  stage(name: string): Stage {
    const stage = this.stages.get(name);
    if (!stage) throw notFound("Invalid stage identifier specified");
    return stage;
  }
}

/** A client's key. */
export interface ApiKey {
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  readonly value: string;
  readonly createdAt: number;
  name: string;
  description: string;
  isEnabled: boolean;
  tags: Readonly<Record<string, string>>;
}

/** What clients may send to which stages. */
export interface UsagePlan {
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  name: string;
  description: string | undefined;
  /** `<api id>:<stage>`. */
  stages: readonly string[];
  throttle: Throttle | undefined;
  quota: { readonly limit: number; readonly period: "DAY" | "WEEK" | "MONTH" } | undefined;
  readonly keyIds: Set<string>;
  tags: Readonly<Record<string, string>>;
}

/** An identifier as API Gateway makes them: lower-case letters and digits. */
export function newId(length: number): string {
  const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
  return [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join("");
}

/** `NotFoundException`, 404. */
export function notFound(message: string): AwsError {
  return new AwsError("NotFoundException", message, 404);
}

/** `BadRequestException`, 400. */
export function badRequest(message: string): AwsError {
  return new AwsError("BadRequestException", message, 400);
}
