import { Cloud } from "../../local/cloud.ts";
import { ClockMode } from "../../local/kernel/clock.ts";
import { ProviderServer, type ProviderServerOptions } from "../../local/provider/grpc/provider-server.ts";
import { LocalProvider } from "../../local/provider/local-provider.ts";
import type { Registry } from "../../local/resource-types/registry.ts";
import type { Properties } from "../../local/resource-types/resource-type.ts";
import { GrpcProvider } from "./grpc-provider.ts";
import { STAGE_ACCOUNT, STAGE_REGION, STAGE_START } from "./service-stage.ts";
import { WireEngine, type WireEngineOptions } from "./wire-engine.ts";

/** The version that the stage's provider reports. */
export const STAGE_VERSION = "7.48.0";

/** A provider's configuration in the CLI's format. */
export function wireConfig(accountId = STAGE_ACCOUNT, tags: Readonly<Record<string, string>> = {}): Properties {
  return {
    region: STAGE_REGION,
    allowedAccountIds: JSON.stringify([accountId]),
    defaultTags: JSON.stringify({ tags }),
    version: STAGE_VERSION,
  };
}

/** Owner lookup of the stage's port. */
export type WireStageOptions = Pick<ProviderServerOptions, "ownerOf" | "onRefused">;

/** A cloud with a manual clock, and its provider on a port. */
export class WireStage {
  readonly cloud = new Cloud({ clockMode: ClockMode.Manual, startAt: STAGE_START });
  readonly server: ProviderServer;
  port = 0;
  readonly #clients: GrpcProvider[] = [];

  /** @param registry default: the cloud's. */
  static async start(registry?: Registry, options: WireStageOptions = {}): Promise<WireStage> {
    const stage = new WireStage(registry, options);
    stage.port = await stage.server.listen(0);
    return stage;
  }

  constructor(registry?: Registry, options: WireStageOptions = {}) {
    const newProvider = () => new LocalProvider({ cloud: this.cloud, ...(registry ? { registry } : {}) });
    const types = [...(registry?.resourceTypes ?? this.cloud.registry.resourceTypes).values()];
    this.server = new ProviderServer({ newProvider, types, version: STAGE_VERSION, ...options });
  }

  /** A CLI with its own state. */
  engine(options: Partial<WireEngineOptions> = {}): WireEngine {
    return new WireEngine({ port: this.port, config: wireConfig(), ...options });
  }

  /** An unused connection. */
  connect(): GrpcProvider {
    const provider = new GrpcProvider(this.port);
    this.#clients.push(provider);
    return provider;
  }

  /** A configured instance. */
  async configured(accountId?: string): Promise<GrpcProvider> {
    const provider = this.connect();
    await provider.attach();
    await provider.configure({ args: wireConfig(accountId) });
    return provider;
  }

  /** One call of a service as an account's administrator. */
  async call<T>(service: string, operation: string, params: unknown, accountId = STAGE_ACCOUNT): Promise<T> {
    const { principal } = this.cloud.accounts.ensure(accountId).administrator;
    return (await this.cloud.call({ service, operation, params, principal, region: STAGE_REGION })) as T;
  }

  /** The resources in an account: ARNs, URLs and names, for the services that the tests use. */
  async contents(accountId = STAGE_ACCOUNT): Promise<string[]> {
    const ask = <T>(service: string, operation: string) => this.call<T>(service, operation, {}, accountId);
    const { QueueUrls = [] } = await ask<{ QueueUrls?: string[] }>("sqs", "ListQueues");
    const { Topics } = await ask<{ Topics: { TopicArn: string }[] }>("sns", "ListTopics");
    const { StreamNames } = await ask<{ StreamNames: string[] }>("kinesis", "ListStreams");
    const { Functions } = await ask<{ Functions: { FunctionName: string }[] }>("lambda", "ListFunctions");
    const { Roles } = await ask<{ Roles: { RoleName: string }[] }>("iam", "ListRoles");
    const { Buckets } = await ask<{ Buckets: { Name: string }[] }>("s3", "ListBuckets");
    const found = [
      ...QueueUrls.map((url) => url.replace(/^.*\//, "")),
      ...Topics.map(({ TopicArn }) => TopicArn.replace(/^.*:/, "")),
      ...StreamNames,
      ...Functions.map(({ FunctionName }) => FunctionName),
      ...Roles.map(({ RoleName }) => RoleName),
      ...Buckets.map(({ Name }) => Name),
    ];
    return found.sort();
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.close();
    await this.server.close();
    await this.cloud.close();
  }
}
