import { expect } from "chai";
import { ClockMode } from "../../local/clock.ts";
import { Cloud } from "../../local/cloud.ts";
import type { Properties } from "../../local/provider/resource-type.ts";
import { failureOf } from "../support/failure-of.ts";
import { ServiceStage, STAGE_ACCOUNT, STAGE_REGION, STAGE_START } from "../support/service-stage.ts";

const MINUTE_MS = 60_000;
const Dimensions = [{ Name: "StreamName", Value: "events" }];

describe("alarms over the wire", () => {
  let stage: ServiceStage;
  beforeEach(() => {
    stage = new ServiceStage(
      new Cloud({ clockMode: ClockMode.Manual, startAt: STAGE_START - (STAGE_START % MINUTE_MS) }),
    );
  });
  afterEach(() => stage.close());

  const call = <T = Properties>(operation: string, params: object) => stage.call<T>("monitoring", operation, params);
  const putAlarm = (more: Properties = {}) =>
    call("PutMetricAlarm", {
      AlarmName: "late",
      Namespace: "AWS/Kinesis",
      MetricName: "IncomingRecords",
      Dimensions,
      Statistic: "Sum",
      ComparisonOperator: "GreaterThanThreshold",
      Threshold: 10,
      EvaluationPeriods: 1,
      Period: 60,
      ...more,
    });
  const measure = (value: number) =>
    stage.cloud.services.cloudwatch.putMetric({
      accountId: STAGE_ACCOUNT,
      region: STAGE_REGION,
      namespace: "AWS/Kinesis",
      name: "IncomingRecords",
      dimensions: { StreamName: "events" },
      value,
      unit: "Count",
      time: stage.cloud.clock.now(),
    });
  const described = async () => {
    const { MetricAlarms } = await call<{ MetricAlarms: Properties[] }>("DescribeAlarms", { AlarmNames: ["late"] });
    return MetricAlarms[0];
  };

  it("are made and overwritten by PutMetricAlarm, which leaves the state and the tags of one that is there", async () => {
    await putAlarm({ AlarmDescription: "first", DatapointsToAlarm: 1, Tags: [{ Key: "team", Value: "data" }] });
    measure(11);
    expect(await described()).to.deep.include({
      StateValue: "ALARM",
      AlarmDescription: "first",
      DatapointsToAlarm: 1,
    });
    await stage.cloud.clock.advance(5 * MINUTE_MS);
    await putAlarm({ TreatMissingData: "ignore", Tags: [{ Key: "team", Value: "other" }] });
    const after = await described();
    expect(after).to.deep.include({ StateValue: "ALARM", TreatMissingData: "ignore", Dimensions });
    expect([after?.["AlarmDescription"], after?.["DatapointsToAlarm"]]).to.deep.equal([undefined, undefined]);
    const { AlarmArn: ResourceARN } = after as { AlarmArn: string };
    const tags = async () => (await call<{ Tags: object }>("ListTagsForResource", { ResourceARN })).Tags;
    expect(await tags()).to.deep.equal([{ Key: "team", Value: "data" }]);
    await call("TagResource", { ResourceARN, Tags: [{ Key: "owner", Value: "ops" }] });
    await call("UntagResource", { ResourceARN, TagKeys: ["team"] });
    expect(await tags()).to.deep.equal([{ Key: "owner", Value: "ops" }]);
    const many = Array.from({ length: 50 }, (_, index) => ({ Key: `key${index}`, Value: "" }));
    expect(await failureOf(call("TagResource", { ResourceARN, Tags: many }))).to.match(/50 tags at most/);
    expect(await failureOf(call("ListTagsForResource", { ResourceARN: `${ResourceARN}r` }))).to.match(
      /alarm:later does not exist/,
    );
  });

  it("have actions that can be switched off and on, and are deleted by name, whatever else is named", async () => {
    await putAlarm();
    await call("DisableAlarmActions", { AlarmNames: ["none", "late"] });
    expect(await described()).to.include({ ActionsEnabled: false });
    await call("EnableAlarmActions", { AlarmNames: ["late"] });
    expect(await described()).to.include({ ActionsEnabled: true });
    await call("DeleteAlarms", { AlarmNames: ["none", "late"] });
    expect(await described()).to.equal(undefined);
  });

  it("are refused over the wire as by the resource type, unsupported parameters by name", async () => {
    expect(await failureOf(putAlarm({ DatapointsToAlarm: 2 }))).to.include(
      "datapointsToAlarm must be at most evaluationPeriods (1), got 2",
    );
    expect(await failureOf(putAlarm({ Metrics: [] }))).to.include("Metrics");
    expect(await failureOf(putAlarm({ Statistic: "p99" }))).to.include("Statistic");
  });

  it("ask IAM about the alarm, and about its tags when it is made with some", async () => {
    const arn = `arn:aws:cloudwatch:${STAGE_REGION}:${STAGE_ACCOUNT}:alarm:late`;
    await putAlarm({ Tags: [{ Key: "team", Value: "data" }] });
    await putAlarm();
    await call("DeleteAlarms", { AlarmNames: ["late"] });
    const asked = stage.cloud.trace.records().map(({ authorizations }) => authorizations);
    expect(asked).to.deep.equal([
      [
        { action: "cloudwatch:PutMetricAlarm", resource: arn },
        { action: "cloudwatch:TagResource", resource: arn },
      ],
      [{ action: "cloudwatch:PutMetricAlarm", resource: arn }],
      [{ action: "cloudwatch:DeleteAlarms", resource: arn }],
    ]);
  });
});
