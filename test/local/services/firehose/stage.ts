import { Cloud, type CloudOptions } from "../../../../local/cloud.ts";
import { ClockMode } from "../../../../local/kernel/clock.ts";
import type { Principal } from "../../../../local/kernel/principal.ts";
import type { Properties, ResourceContext, ResourceType } from "../../../../local/resource-types/resource-type.ts";
import { deliveryStreamInputs } from "../../../../local/services/firehose/inputs.ts";

export const ACCOUNT = "222222222222";
export const REGION = "us-east-1";
export const START = Date.UTC(2026, 0, 31, 23, 58, 7);
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/delivery`;

/** A cloud with a bucket, a role and a delivery stream into it. */
export class FirehoseStage {
  readonly type: ResourceType;
  readonly cloud: Cloud;
  readonly administrator: Principal;
  readonly context: ResourceContext;

  constructor(options: CloudOptions = {}) {
    this.cloud = new Cloud({ clockMode: ClockMode.Manual, startAt: START, ...options });
    this.administrator = this.cloud.accounts.ensure(ACCOUNT).administrator.principal;
    this.type = this.cloud.registry.resourceTypes.get(
      "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
    ) as ResourceType;
    this.context = {
      store: undefined,
      principal: this.administrator,
      accountId: ACCOUNT,
      region: REGION,
      partition: "aws",
      urn: "",
      defaultTags: {},
    };
    this.cloud.services.s3.store.add("archive", { accountId: ACCOUNT, region: REGION });
    this.makeRole();
    this.allow(["s3:PutObject"], ["arn:aws:s3:::archive/*"]);
  }

  makeRole(service = "firehose.amazonaws.com"): void {
    this.cloud.services.iam.store.addRole(
      { accountId: ACCOUNT, region: "us-east-1" },
      {
        name: "delivery",
        path: "/",
        trustPolicy: {
          Version: "2012-10-17",
          Statement: { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" },
        },
        description: "",
        maxSessionDurationSeconds: 3600,
        tags: {},
      },
    );
  }

  allow(actions: string[], resources: string[]): void {
    const role = this.cloud.services.iam.store.requireRole(ACCOUNT, "delivery");
    role.putInlinePolicy("deliver", {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: actions, Resource: resources },
    });
  }

  async stream(configuration: Properties = {}, more: Properties = {}): Promise<{ id: string; outputs: Properties }> {
    return this.type.create(this.parse(configuration, more), this.context);
  }

  parse(configuration: Properties = {}, more: Properties = {}): Properties {
    return deliveryStreamInputs.parse({
      name: "to-archive",
      destination: "extended_s3",
      extendedS3Configuration: {
        bucketArn: "arn:aws:s3:::archive",
        roleArn: ROLE,
        prefix: "events/",
        ...configuration,
      },
      ...more,
    }) as Properties;
  }

  put(...records: (string | Buffer)[]): Promise<{ FailedPutCount: number; RequestResponses: { RecordId: string }[] }> {
    return this.call("firehose", "PutRecordBatch", {
      DeliveryStreamName: "to-archive",
      Records: records.map((record) => ({ Data: Buffer.from(record).toString("base64") })),
    });
  }

  call<T = Record<string, unknown>>(
    service: string,
    operation: string,
    params: unknown,
    principal = this.administrator,
  ): Promise<T> {
    return this.cloud.call({ service, operation, params, principal, region: REGION }) as Promise<T>;
  }

  objects() {
    return [...(this.cloud.services.s3.store.find("archive")?.objects.objects() ?? [])];
  }

  counts() {
    return this.cloud.services.firehose.store.list()[0]!.counts();
  }
}
