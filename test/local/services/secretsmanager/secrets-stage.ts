import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { FrontDoor } from "../../../../local/front-door/front-door.ts";
import type { Principal } from "../../../../local/kernel/principal.ts";
import { ServiceStage, STAGE_ACCOUNT, STAGE_REGION } from "../../../support/service-stage.ts";

/** Secrets Manager over the front door, with a clock that stands still. */
export class SecretsStage extends ServiceStage {
  readonly #frontDoor = new FrontDoor(this.cloud);
  readonly #clients: SecretsManagerClient[] = [];
  #endpoint = "";

  static async start(): Promise<SecretsStage> {
    const stage = new SecretsStage();
    stage.#endpoint = (await stage.#frontDoor.listen()).endpointUrl;
    return stage;
  }

  /** The SDK's client of an account's administrator. The second attempt is for cloud time: the SDK corrects its clock. */
  client(accountId = STAGE_ACCOUNT): SecretsManagerClient {
    const { credentials } = this.cloud.accounts.ensure(accountId).administrator;
    const config = { endpoint: this.#endpoint, region: STAGE_REGION, credentials, maxAttempts: 2 };
    const client = new SecretsManagerClient(config);
    this.#clients.push(client);
    return client;
  }

  /** A session of a role that these statements are allowed. */
  async role(name: string, ...statements: readonly object[]): Promise<Principal> {
    const trust = {
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { AWS: `arn:aws:iam::${STAGE_ACCOUNT}:root` },
      },
    };
    const { outputs } = await this.make("aws:iam/role:Role", { name, assumeRolePolicy: JSON.stringify(trust) });
    const policy = { Version: "2012-10-17", Statement: statements.map((one) => ({ Effect: "Allow", ...one })) };
    if (statements.length > 0)
      await this.make("aws:iam/rolePolicy:RolePolicy", { name: "policy", role: name, policy: JSON.stringify(policy) });
    const roleId = String(outputs["uniqueId"]);
    const request = { roleArn: String(outputs["arn"]), roleId, sessionName: "test", durationSeconds: 3600 };
    return this.cloud.accounts.issueRoleSession(request).principal;
  }

  override async close(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    await this.#frontDoor.close();
    await super.close();
  }
}
