import { expect } from "chai";
import { assumeForService } from "../../../../local/accounts/service-role.ts";
import { Cloud } from "../../../../local/cloud.ts";
import { ClockMode } from "../../../../local/kernel/clock.ts";
import { AwsError } from "../../../../local/kernel/errors.ts";
import type { Principal } from "../../../../local/kernel/principal.ts";
import type { Properties, ResourceContext, ResourceType } from "../../../../local/resource-types/resource-type.ts";
import { servicePrincipal } from "../../../support/service-principals.ts";

export const OWNER = "222222222222";
export const STRANGER = "111111111111";
export const REGION = "us-east-1";

/** A cloud with a stopped clock, and helpers for tests of buckets. */
export class S3Stage {
  readonly cloud: Cloud;
  readonly owner: Principal;
  readonly stranger: Principal;

  constructor(options: { dataDir?: string; warn?: (text: string) => void } = {}) {
    this.cloud = new Cloud({ clockMode: ClockMode.Manual, startAt: Date.UTC(2026, 0, 10, 12, 0, 0), ...options });
    this.owner = this.cloud.accounts.ensure(OWNER).administrator.principal;
    this.stranger = this.cloud.accounts.ensure(STRANGER).administrator.principal;
  }

  context(accountId = OWNER): ResourceContext {
    return {
      store: undefined,
      principal: this.cloud.accounts.ensure(accountId).administrator.principal,
      accountId,
      region: REGION,
      partition: "aws",
      urn: "",
      defaultTags: {},
    };
  }

  /** A call to S3; by default as the administrator of the owner's account. */
  call<T = Record<string, unknown>>(operation: string, params: Properties, principal = this.owner): Promise<T> {
    return this.cloud.call({ service: "s3", operation, params, principal, region: REGION }) as Promise<T>;
  }

  put(key: string, body = "", more: Properties = {}): Promise<{ ETag: string; VersionId?: string }> {
    return this.call("PutObject", { Bucket: "data", Key: key, Body: Buffer.from(body), ...more });
  }

  async text(key: string, more: Properties = {}): Promise<string> {
    const { Body } = await this.call<{ Body: Buffer }>("GetObject", { Bucket: "data", Key: key, ...more });
    return Body.toString();
  }

  async keys(): Promise<string[]> {
    const { Contents } = await this.call<{ Contents: { Key: string }[] }>("ListObjectsV2", { Bucket: "data" });
    return Contents.map(({ Key }) => Key);
  }

  /** Makes a resource of S3, as the provider would after its checks. */
  async create(type: string, args: Properties, accountId = OWNER): Promise<{ id: string; outputs: Properties }> {
    const found = this.typeOf(type);
    return found.create(found.inputs.parse(args) as Properties, this.context(accountId));
  }

  /** A session of a role with one inline policy. */
  role(accountId: string, name: string, statements: readonly Properties[]): Principal {
    const iam = this.cloud.services.iam.store;
    const role = iam.addRole(
      { accountId: accountId, region: "us-east-1" },
      {
        name,
        path: "/",
        trustPolicy: {
          Version: "2012-10-17",
          Statement: { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
        },
        description: "",
        maxSessionDurationSeconds: 3600,
        tags: {},
      },
    );
    if (statements.length > 0) {
      role.putInlinePolicy("policy", { Version: "2012-10-17", Statement: statements as never });
    }

    return assumeForService(this.cloud, {
      roleArn: role.arn,
      servicePrincipal: servicePrincipal("lambda.amazonaws.com"),
      sessionName: "test",
    }).principal;
  }

  /** The resource type whose token ends with this, such as `Bucket`. */
  typeOf(name: string): ResourceType {
    const type = [...this.cloud.registry.resourceTypes.values()].find(({ token }) => token.endsWith(`:${name}`));
    if (!type) throw new Error(`no type ${name}`);
    return type;
  }
}

/** The AwsError that a promise rejects with. */
export async function refusal(promise: Promise<unknown>): Promise<AwsError> {
  const error = await promise.then(
    (value) => new Error(`not refused: ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  expect(error).to.be.instanceOf(AwsError, error instanceof Error ? error.message : "");
  return error as AwsError;
}
