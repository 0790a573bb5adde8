import { gunzipSync } from "node:zlib";
import { expect } from "chai";
import type { Principal } from "../../local/accounts/principal.ts";
import { ClockMode } from "../../local/clock.ts";
import { Cloud } from "../../local/cloud.ts";
import type { Properties, ResourceContext } from "../../local/provider/resource-type.ts";
import { resourceTypes } from "../../local/services/firehose/resources.ts";
import { deliveryStreamInputs } from "../../local/services/firehose/schema.ts";

const ACCOUNT = "222222222222";
const REGION = "us-east-1";
const START = Date.UTC(2026, 0, 31, 23, 58, 7);
const ROLE = `arn:aws:iam::${ACCOUNT}:role/delivery`;

/** A cloud with a bucket, a role and a delivery stream into it. */
class Stage {
  readonly cloud = new Cloud({ clockMode: ClockMode.Manual, startAt: START });
  readonly administrator: Principal = this.cloud.accounts.ensure(ACCOUNT).administrator.principal;
  readonly context: ResourceContext = {
    cloud: this.cloud,
    accountId: ACCOUNT,
    region: REGION,
    partition: "aws",
    urn: "",
    defaultTags: {},
    isPreview: false,
  };

  constructor() {
    this.cloud.services.s3.createBucket("archive", ACCOUNT, REGION);
    this.makeRole();
    this.allow(["s3:PutObject"], ["arn:aws:s3:::archive/*"]);
  }

  makeRole(service = "firehose.amazonaws.com"): void {
    this.cloud.services.iam.createRole(ACCOUNT, "aws", {
      name: "delivery",
      path: "/",
      trustPolicy: {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" },
      },
      description: "",
      maxSessionDurationSeconds: 3600,
      tags: {},
    });
  }

  allow(actions: string[], resources: string[]): void {
    const role = this.cloud.services.iam.role(ACCOUNT, "delivery");
    role.putInlinePolicy("deliver", {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: actions, Resource: resources },
    });
  }

  async stream(configuration: Properties = {}, more: Properties = {}): Promise<{ id: string; outputs: Properties }> {
    const inputs = this.parse(configuration, more);
    const [type] = resourceTypes;
    return type!.create(inputs, this.context);
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

  call<T>(service: string, operation: string, params: unknown): Promise<T> {
    return this.cloud.call({ service, operation, params, principal: this.administrator, region: REGION }) as Promise<T>;
  }

  put(...records: (string | Buffer)[]): Promise<{ FailedPutCount: number; RequestResponses: { RecordId: string }[] }> {
    return this.call("firehose", "PutRecordBatch", {
      DeliveryStreamName: "to-archive",
      Records: records.map((record) => ({ Data: Buffer.from(record).toString("base64") })),
    });
  }

  objects() {
    return [...(this.cloud.services.s3.findBucket("archive")?.objects.objects() ?? [])];
  }

  counts() {
    return this.cloud.services.firehose.list()[0]!.counts();
  }
}

describe("local cloud: Firehose", () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => stage.cloud.close());

  it("delivers what it gathered when the interval is over, as one object of the records' bytes in order", async () => {
    await stage.stream({ bufferingInterval: 300 });
    await stage.put("one\n", "two\n");
    await stage.cloud.clock.advance(200_000);
    await stage.put("three\n");
    await stage.cloud.clock.advance(99_999);
    expect(stage.objects()).to.deep.equal([]);
    expect(stage.cloud.services.firehose.pendingBytes()).to.equal(14);
    await stage.cloud.clock.advance(1);
    expect(stage.objects().map((object) => object.body.toString())).to.deep.equal(["one\ntwo\nthree\n"]);
    expect(stage.cloud.services.firehose.pendingBytes()).to.equal(0);
    expect(stage.counts()).to.include({
      deliveredRecords: 3,
      deliveredObjects: 1,
      pendingRecords: 0,
      droppedRecords: 0,
    });
  });

  it("names an object by prefix, the hour and second of the oldest record, stream, version and a UUID", async () => {
    await stage.stream();
    await stage.put("x");
    await stage.cloud.clock.advance(300_000);
    expect(stage.objects()[0]!.key).to.match(
      /^events\/2026\/01\/31\/23\/to-archive-1-2026-01-31-23-58-07-[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/,
    );
  });

  it("delivers at once when the size is reached, and starts a new interval with the next record", async () => {
    await stage.stream({ bufferingSize: 1, bufferingInterval: 60 });
    const half = Buffer.alloc(512 * 1024, "a");
    await stage.put(half);
    await stage.cloud.clock.advance(30_000);
    await stage.put(half, "rest");
    await stage.cloud.clock.advance(0);
    expect(stage.objects().map((object) => object.body.length)).to.deep.equal([1024 * 1024]);
    await stage.cloud.clock.advance(59_999);
    expect(stage.objects()).to.have.length(1);
    await stage.cloud.clock.advance(1);
    expect(stage.objects()[1]!.body.toString()).to.equal("rest");
  });

  it("compresses by GZIP and names the object .gz, or as fileExtension says", async () => {
    await stage.stream({ compressionFormat: "GZIP" });
    await stage.put("line\n");
    await stage.cloud.clock.advance(300_000);
    const [object] = stage.objects();
    expect(object!.key).to.match(/\.gz$/);
    expect(gunzipSync(object!.body).toString()).to.equal("line\n");
  });

  it("tries again with growing pauses while the bucket refuses, and delivers once it may", async () => {
    stage.allow(["s3:GetObject"], ["arn:aws:s3:::archive/*"]);
    await stage.stream({ bufferingInterval: 0 });
    await stage.put("kept");
    await stage.cloud.clock.advance(0);
    expect(stage.counts().failedAttempts).to.equal(1);
    await stage.cloud.clock.advance(5_000);
    expect(stage.counts().failedAttempts).to.equal(2);
    await stage.cloud.clock.advance(9_999);
    expect(stage.counts().failedAttempts).to.equal(2);
    stage.allow(["s3:PutObject"], ["arn:aws:s3:::archive/*"]);
    await stage.cloud.clock.advance(1);
    expect(stage.objects().map((object) => object.body.toString())).to.deep.equal(["kept"]);
    expect(stage.counts()).to.include({ failedAttempts: 2, pendingBytes: 0, droppedRecords: 0 });
  });

  it("gives data up after 24 hours and counts it", async () => {
    await stage.stream({ bufferingInterval: 0, bucketArn: "arn:aws:s3:::nowhere" });
    await stage.put("lost", "too");
    await stage.cloud.clock.advance(24 * 3_600_000 - 1);
    expect(stage.counts()).to.include({ pendingRecords: 2, droppedRecords: 0 });
    await stage.cloud.clock.advance(1);
    expect(stage.counts()).to.include({ pendingRecords: 0, pendingBytes: 0, droppedRecords: 2 });
  });
});
