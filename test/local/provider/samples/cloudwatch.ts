import type { ProviderStage } from "../../../support/provider-stage.ts";
import type { ResourceSample } from "../resource-sample.ts";

const topic = (name: string) => `arn:aws:sns:us-east-1:111111111111:${name}`;
const alarmArn = "arn:aws:cloudwatch:us-east-1:111111111111:alarm:late";

const call = (operation: string, params: object) => (stage: ProviderStage) =>
  stage.call("monitoring", operation, params);

const alarm = {
  name: "late",
  alarmActions: [topic("first"), topic("second")],
  alarmDescription: "too late",
  comparisonOperator: "GreaterThanThreshold",
  dimensions: { StreamName: "events", Consumer: "a" },
  evaluationPeriods: 5,
  metricName: "IteratorAge",
  namespace: "AWS/Lambda",
  period: 60,
  statistic: "Maximum",
  tags: { team: "data" },
  threshold: 60_000,
};

const putMetricAlarm = {
  AlarmName: "late",
  AlarmActions: [topic("third")],
  ComparisonOperator: "GreaterThanOrEqualToThreshold",
  EvaluationPeriods: 3,
  DatapointsToAlarm: 2,
  MetricName: "IteratorAge",
  Namespace: "AWS/Lambda",
  Period: 120,
  Statistic: "Maximum",
  Threshold: 1.5,
  TreatMissingData: "breaching",
  Tags: [{ Key: "team", Value: "ignored, as the alarm is there" }],
};

/** The resource types of CloudWatch. */
export const samples: readonly ResourceSample[] = [
  {
    token: "aws:cloudwatch/metricAlarm:MetricAlarm",
    inputs: () => alarm,
    same: [
      { alarmActions: [topic("second"), topic("first")] },
      { actionsEnabled: true, treatMissingData: "missing", okActions: [] },
      { dimensions: { Consumer: "a", StreamName: "events" } },
    ],
    updates: [
      { inputs: { threshold: 5, evaluationPeriods: 3 }, diffs: ["evaluationPeriods", "threshold"] },
      { inputs: { datapointsToAlarm: 2, unit: "Count" }, diffs: ["datapointsToAlarm", "unit"] },
      { inputs: { alarmActions: [topic("first")], tags: { team: "b" } }, diffs: ["alarmActions", "tags"] },
      { inputs: { alarmDescription: undefined, actionsEnabled: false }, diffs: ["actionsEnabled", "alarmDescription"] },
      { inputs: { dimensions: { StreamName: "events" } }, diffs: ["dimensions"] },
    ],
    replacements: [{ inputs: { name: "later" }, replaces: ["name"] }],
    drifts: [
      { by: call("DisableAlarmActions", { AlarmNames: ["late"] }), inputs: { actionsEnabled: false } },
      {
        by: call("TagResource", { ResourceARN: alarmArn, Tags: [{ Key: "owner", Value: "ops" }] }),
        inputs: { tags: { team: "data", owner: "ops" } },
      },
      { by: call("UntagResource", { ResourceARN: alarmArn, TagKeys: ["team"] }), inputs: { tags: {} } },
      {
        by: call("PutMetricAlarm", putMetricAlarm),
        inputs: {
          alarmActions: [topic("third")],
          alarmDescription: undefined,
          comparisonOperator: "GreaterThanOrEqualToThreshold",
          datapointsToAlarm: 2,
          dimensions: {},
          evaluationPeriods: 3,
          period: 120,
          threshold: 1.5,
          treatMissingData: "breaching",
        },
      },
    ],
  },
  {
    token: "aws:cloudwatch/metricAlarm:MetricAlarm",
    inputs: () => ({ ...alarm, name: undefined, datapointsToAlarm: 3, actionsEnabled: false }),
    updates: [{ inputs: { datapointsToAlarm: undefined }, diffs: ["datapointsToAlarm"] }],
  },
];
