import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { matches, type Problem } from "./checks.ts";
import { MAX_ALARM_ACTIONS } from "./defaults/alarms.ts";
import { arnRules } from "./defaults/arns.ts";
import { child, type Scope, type Transform } from "./scope.ts";

/** Whether a component makes its alarms, and what they call when they fire. */
export interface AlarmSettings {
  /** Whether alarms are made. @default true */
  readonly enabled?: boolean;
  /** ARNs of what an alarm calls, such as SNS topics; up to 5. @default none: alarms show in CloudWatch only */
  readonly actionArns?: pulumi.Input<string>[];
}

/**
 * When an alarm fires: one statistic of one metric reaches a threshold in every period of the window, or in
 * `datapointsToAlarm` of them. Missing data never fires it.
 */
export interface AlarmRule {
  /** The alarm's description: what has gone wrong, for the person on call. */
  readonly description: string;
  readonly namespace: string;
  readonly metricName: string;
  /** Every dimension that the metric is published with: with one missing, the alarm gets no data. */
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
  readonly statistic: "Maximum" | "Sum";
  /** In the metric's own unit. Left out: any value above 0. */
  readonly atLeast?: number;
  readonly periodSeconds: number;
  readonly periods: number;
  /** Number of periods that must reach the threshold. Left out: all of them. */
  readonly datapointsToAlarm?: number;
}

/** Makes one alarm of a component, unless its alarms are switched off. */
export function createAlarm(
  scope: Scope,
  settings: AlarmSettings | undefined,
  transform: Transform<aws.cloudwatch.MetricAlarmArgs> | undefined,
  suffix: string,
  rule: AlarmRule,
): aws.cloudwatch.MetricAlarm | undefined {
  if (settings?.enabled === false) return undefined;
  return child(scope, transform, suffix, aws.cloudwatch.MetricAlarm, alarmArgs(rule, settings?.actionArns));
}

function alarmArgs(rule: AlarmRule, actionArns: pulumi.Input<string>[] = []): aws.cloudwatch.MetricAlarmArgs {
  const { atLeast } = rule;
  return {
    alarmDescription: rule.description,
    namespace: rule.namespace,
    metricName: rule.metricName,
    dimensions: { ...rule.dimensions },
    statistic: rule.statistic,
    ...(atLeast === undefined
      ? { comparisonOperator: "GreaterThanThreshold", threshold: 0 }
      : { comparisonOperator: "GreaterThanOrEqualToThreshold", threshold: atLeast }),
    period: rule.periodSeconds,
    evaluationPeriods: rule.periods,
    ...(rule.datapointsToAlarm === undefined ? {} : { datapointsToAlarm: rule.datapointsToAlarm }),
    treatMissingData: "notBreaching",
    alarmActions: [...actionArns],
  };
}

/** Everything that is wrong with the settings of alarms, which their component takes as `alarms`. */
export function alarmProblems({ actionArns = [] }: AlarmSettings = {}): Problem[] {
  return [
    actionArns.length > MAX_ALARM_ACTIONS
      ? `alarms.actionArns has ${actionArns.length} ARNs; allowed are ${MAX_ALARM_ACTIONS}: ` +
        "write alarms.actionArns: [one SNS topic that fans out]"
      : undefined,
    ...actionArns.map((arn, index) => matches(`alarms.actionArns[${index}]`, arn, arnRules.alarmAction)),
  ];
}
