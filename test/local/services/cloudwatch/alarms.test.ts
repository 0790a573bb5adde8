import { expect } from "chai";
import { Cloud } from "../../../../local/cloud.ts";
import { ClockMode } from "../../../../local/kernel/clock.ts";
import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import { failureOf } from "../../../support/failure-of.ts";
import { ServiceStage, STAGE_ACCOUNT, STAGE_REGION, STAGE_START } from "../../../support/service-stage.ts";

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
    stage.cloud.metrics.put({
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
    await putAlarm({ TreatMissingData: "ignore", Tags: [{ Key: "team", Value: "other" }] });
    await stage.cloud.clock.advance(5 * MINUTE_MS);
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
    expect(await failureOf(call("TagResource", { ResourceARN: `${ResourceARN}r`, Tags: [] }))).to.match(
      /alarm:later does not exist/,
    );
    // An alarm that was deleted has no tags; asking for them is no error.
    await call("DeleteAlarms", { AlarmNames: ["late"] });
    expect(await tags()).to.deep.equal([]);
  });

  it("say that they are unchecked while they are new and have no data, and may have periods of 10, 20 and 30 seconds", async () => {
    for (const Period of [10, 20, 30, 60]) {
      await putAlarm({ Period });
      expect(await described()).to.deep.include({
        Period,
        StateValue: "INSUFFICIENT_DATA",
        StateReason: "Unchecked: Initial alarm creation",
      });
    }
    expect(await failureOf(putAlarm({ Period: 15 }))).to.match(/Period must be 10, 20, 30 or a multiple of 60/);
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

  it("are listed whole, page by page, by a client that deletes what it lists", async () => {
    const names = ["a", "b", "c", "d", "e"];
    for (const AlarmName of names) await putAlarm({ AlarmName });
    const deleted: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await call<{ MetricAlarms: { AlarmName: string }[]; NextToken?: string }>("DescribeAlarms", {
        MaxRecords: 2,
        NextToken,
      });
      const AlarmNames = page.MetricAlarms.map(({ AlarmName }) => AlarmName);
      await call("DeleteAlarms", { AlarmNames });
      deleted.push(...AlarmNames);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(deleted).to.deep.equal(names);
  });

  it("are refused over the wire as by the resource type, unsupported parameters by name", async () => {
    expect(await failureOf(putAlarm({ DatapointsToAlarm: 2 }))).to.include(
      "datapointsToAlarm must be at most evaluationPeriods (1), got 2",
    );
    expect(await failureOf(putAlarm({ Metrics: [] }))).to.include("Metrics");
    expect(await failureOf(putAlarm({ Statistic: "p99", TreatMissingData: "no" }))).to.include(
      "2 validation errors detected: Value 'p99' at 'statistic' failed to satisfy constraint: Member must satisfy enum value set: [SampleCount, Average, Sum, Minimum, Maximum]; Value 'no' at 'treatMissingData'",
    );
  });

  describe("have a history", () => {
    interface Item {
      readonly Timestamp: number;
      readonly HistoryItemType: string;
      readonly HistorySummary: string;
      readonly HistoryData: string;
    }
    const history = (params: object = {}) =>
      call<{ AlarmHistoryItems: Item[]; NextToken?: string }>("DescribeAlarmHistory", {
        AlarmName: "late",
        ScanBy: "TimestampAscending",
        ...params,
      });
    const startAt = STAGE_START - (STAGE_START % MINUTE_MS);
    /** Minutes since the start, and what happened. */
    const told = async (params: object = {}) => {
      const { AlarmHistoryItems } = await history(params);
      return AlarmHistoryItems.map(({ Timestamp, HistorySummary }) => [
        Math.ceil((Timestamp * 1000 - startAt) / MINUTE_MS),
        HistorySummary,
      ]);
    };

    it("of every change, also of those while nobody looked, and after they are deleted", async () => {
      await putAlarm({ TreatMissingData: "notBreaching" });
      await stage.cloud.clock.advance(10 * MINUTE_MS);
      measure(11);
      await stage.cloud.clock.advance(30 * MINUTE_MS);
      await putAlarm({ TreatMissingData: "notBreaching", Threshold: 5 });
      measure(6);
      await stage.cloud.clock.advance(5 * MINUTE_MS);
      await call("DeleteAlarms", { AlarmNames: ["late"] });
      const all = [
        [0, 'Alarm "late" created'],
        [0, "Alarm updated from INSUFFICIENT_DATA to OK"],
        [11, "Alarm updated from OK to ALARM"],
        [12, "Alarm updated from ALARM to OK"],
        [40, 'Alarm "late" updated'],
        [41, "Alarm updated from OK to ALARM"],
        [42, "Alarm updated from ALARM to OK"],
        [45, 'Alarm "late" deleted'],
      ];
      expect(await told()).to.deep.equal(all);
      expect(await told({ ScanBy: "TimestampDescending" })).to.deep.equal(all.toReversed());
      expect(await told({ HistoryItemType: "ConfigurationUpdate" })).to.deep.equal([all[0], all[4], all[7]]);
      expect(await told({ HistoryItemType: "Action" })).to.deep.equal([]);
      expect(await told({ AlarmName: "other" })).to.deep.equal([]);
      const at = (minute: number) => startAt / 1000 + minute * 60;
      expect(await told({ StartDate: at(12), EndDate: at(40) })).to.deep.equal([all[3], all[4]]);
    });

    it("with the reasons, page by page, for 30 days", async () => {
      await putAlarm();
      measure(11);
      const first = await history({ MaxRecords: 1 });
      expect(first.AlarmHistoryItems.map((item) => JSON.parse(item.HistoryData))).to.deep.equal([
        { version: "1.0", type: "Create" },
      ]);
      const second = await history({ NextToken: first.NextToken });
      expect(second.AlarmHistoryItems.map((item) => JSON.parse(item.HistoryData))).to.deep.equal([
        {
          version: "1.0",
          oldState: {
            stateValue: "INSUFFICIENT_DATA",
            stateReason: "Unchecked: Initial alarm creation",
          },
          newState: {
            stateValue: "ALARM",
            stateReason: "Threshold Crossed: 1 datapoints [11], threshold 10 (GreaterThanThreshold).",
          },
        },
      ]);
      expect(second.NextToken).to.equal(undefined);
      await stage.cloud.clock.advance(30 * 1_440 * MINUTE_MS + 1);
      expect(await told({ HistoryItemType: "ConfigurationUpdate" })).to.deep.equal([]);
    });

    it("which shows one datapoint of a day: raised within the minute, and until a day after the last", async () => {
      await putAlarm({
        Threshold: 0,
        EvaluationPeriods: 1_440,
        DatapointsToAlarm: 1,
        TreatMissingData: "notBreaching",
      });
      // Every good batch reports 0.
      for (const [minutes, value] of [
        [0, 0],
        [7, 1],
        [1, 0],
        [100, 2],
        [1_000, 0],
        [400, 0],
        [300, 0],
      ] as const) {
        await stage.cloud.clock.advance(minutes * MINUTE_MS);
        measure(value);
      }
      expect(await told({ HistoryItemType: "StateUpdate" })).to.deep.equal([
        [0, "Alarm updated from INSUFFICIENT_DATA to OK"],
        [8, "Alarm updated from OK to ALARM"],
        [108 + 1_440 + 1, "Alarm updated from ALARM to OK"],
      ]);
    });
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
