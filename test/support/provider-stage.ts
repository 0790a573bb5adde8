import { Cloud } from "../../local/cloud.ts";
import { ClockMode } from "../../local/kernel/clock.ts";
import { LocalProvider } from "../../local/provider/local-provider.ts";
import type { Provider } from "../../local/resource-types/provider.ts";
import type { Properties } from "../../local/resource-types/resource-type.ts";
import { STAGE_ACCOUNT, STAGE_REGION, STAGE_START } from "./service-stage.ts";

/** The configuration of the stage's provider, in an engine's format. */
export const STAGE_CONFIG: Properties = {
  region: STAGE_REGION,
  allowedAccountIds: JSON.stringify([STAGE_ACCOUNT]),
  defaultTags: JSON.stringify({ tags: { project: "stage" } }),
};

/** A resource made by the stage's provider. */
export interface MadeResource {
  readonly urn: string;
  readonly id: string;
  /** Checked inputs. */
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** A cloud with a manual clock, and a configured provider for it. */
export class ProviderStage {
  readonly cloud = new Cloud({ clockMode: ClockMode.Manual, startAt: STAGE_START });
  readonly provider: Provider = new LocalProvider({ cloud: this.cloud });

  static async start(): Promise<ProviderStage> {
    const stage = new ProviderStage();
    await stage.provider.configure({ args: STAGE_CONFIG });
    return stage;
  }

  urn(token: string, name: string): string {
    return `urn:pulumi:dev::stage::${token}::${name}`;
  }

  /** Checks inputs. Throws all failures. */
  async check(urn: string, news: Properties, olds?: Properties): Promise<Properties> {
    const randomSeed = new Uint8Array(32).fill(7);
    const { inputs, failures } = await this.provider.check({ urn, news, olds, randomSeed });
    if (failures.length > 0) {
      throw new Error(failures.map(({ property, reason }) => `${urn}: ${property}: ${reason}`).join("\n"));
    }
    return inputs;
  }

  /** Checks and creates a resource. @param inputs as in a program. */
  async make(token: string, inputs: Properties, name = "thing"): Promise<MadeResource> {
    const urn = this.urn(token, name);
    const checked = await this.check(urn, inputs);
    const { id, properties } = await this.provider.create({ urn, properties: checked });
    return { urn, id, inputs: checked, outputs: properties };
  }

  /** One call of a service as the account's administrator. */
  async call<T>(service: string, operation: string, params: unknown): Promise<T> {
    const { principal } = this.cloud.accounts.ensure(STAGE_ACCOUNT).administrator;
    return (await this.cloud.call({ service, operation, params, principal, region: STAGE_REGION })) as T;
  }

  async close(): Promise<void> {
    await this.cloud.close();
  }
}
