import { Cloud } from "../../local/cloud.ts";
import { ClockMode } from "../../local/kernel/clock.ts";
import { AwsError } from "../../local/kernel/errors.ts";
import type { Principal } from "../../local/kernel/principal.ts";
import type { Properties, ResourceContext, ResourceType } from "../../local/resource-types/resource-type.ts";

export const STAGE_ACCOUNT = "111111111111";
export const STAGE_REGION = "us-east-1";
/** Cloud time at the start of a stage. */
export const STAGE_START = Date.UTC(2026, 0, 31, 12, 0, 0, 250);

/** A failed call of a service: AWS's code and message. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** A cloud, its administrator, and its resource types. */
export class ServiceStage {
  readonly cloud: Cloud;
  readonly context: ResourceContext;

  /** @param cloud default: one with a manual clock at STAGE_START. */
  constructor(cloud = new Cloud({ clockMode: ClockMode.Manual, startAt: STAGE_START })) {
    this.cloud = cloud;
    this.context = {
      store: undefined,
      principal: this.administrator(),
      accountId: STAGE_ACCOUNT,
      region: STAGE_REGION,
      partition: "aws",
      urn: "",
      defaultTags: {},
    };
  }

  administrator(accountId = STAGE_ACCOUNT): Principal {
    return this.cloud.accounts.ensure(accountId).administrator.principal;
  }

  async call<T>(service: string, operation: string, params: unknown, principal = this.administrator()): Promise<T> {
    return (await this.cloud.call({ service, operation, params, principal, region: STAGE_REGION })) as T;
  }

  /** The error of a failing call; throws when the call succeeds. */
  async refusal(service: string, operation: string, params: unknown, principal?: Principal): Promise<Refusal> {
    try {
      await this.call(service, operation, params, principal);
    } catch (error) {
      if (error instanceof AwsError) return { code: error.code, message: error.message };
      throw error;
    }
    throw new Error(`${service}:${operation} was expected to fail`);
  }

  type(token: string): ResourceType {
    const type = this.cloud.registry.resourceTypes.get(token);
    if (!type) throw new Error(`no resource type ${token}`);
    return type;
  }

  /** Parses the inputs like the provider, and creates the resource. */
  async make(token: string, inputs: Properties): Promise<{ id: string; outputs: Properties }> {
    const type = this.type(token);
    return type.create(type.inputs.parse(inputs), this.context);
  }

  /** The failures of the type's own check: property and reason. */
  mistakes(token: string, inputs: Properties): readonly { property: string; reason: string }[] {
    const type = this.type(token);
    return type.check?.(type.inputs.parse(inputs), this.context) ?? [];
  }

  async close(): Promise<void> {
    await this.cloud.close();
  }
}
