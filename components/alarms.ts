import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { matches, type Problem } from "./checks.ts";
import { MAX_ALARM_ACTIONS } from "./defaults/alarms.ts";
import { arnRules } from "./defaults/arns.ts";
import { child, type Scope, type Transform } from "./scope.ts";

/** Whether there are alarms, and who is notified; a component that has alarms takes these. */
export interface AlarmSettings {
  /** Whether alarms are made. @default true */
  readonly alarms?: boolean;
  /** ARNs of what hears the alarms, such as SNS topics; up to 5. @default none: they are seen in CloudWatch only */
  readonly alarmActionArns?: readonly pulumi.Input<string>[];
}

/**
 * When an alarm fires: a statistic of one metric reaches a threshold in each of some periods, or in as many as are
 * given. Missing data never fires it.
 */
export interface AlarmRule {
  /** What it means, for whoever is woken by it. */
  readonly description: string;
  readonly namespace: string;
  readonly metricName: string;
  /** All that the metric is published with: without one of them the alarm gets no data at all. */
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
  readonly statistic: "Maximum" | "Sum";
  /** In the metric's own unit. Left out: any value above 0. */
  readonly atLeast?: number;
  readonly periodSeconds: number;
  readonly periods: number;
  /** Of the periods, how many must reach the threshold. Left out: all of them. */
  readonly datapointsToAlarm?: number;
}

/** Makes one alarm of a component, unless its alarms are switched off. */
export function createAlarm(
  scope: Scope,
  settings: AlarmSettings,
  transform: Transform<aws.cloudwatch.MetricAlarmArgs> | undefined,
  suffix: string,
  rule: AlarmRule,
): aws.cloudwatch.MetricAlarm | undefined {
  if (settings.alarms === false) return undefined;
  return child(scope, transform, suffix, aws.cloudwatch.MetricAlarm, alarmArgs(settings, rule));
}

function alarmArgs(settings: AlarmSettings, rule: AlarmRule): aws.cloudwatch.MetricAlarmArgs {
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
    alarmActions: [...(settings.alarmActionArns ?? [])],
  };
}

/** What is wrong with what hears the alarms. */
export function alarmProblems({ alarmActionArns: arns = [] }: AlarmSettings): Problem[] {
  return [
    arns.length > MAX_ALARM_ACTIONS
      ? `alarmActionArns has ${arns.length} ARNs; allowed are ${MAX_ALARM_ACTIONS}: write alarmActionArns: [one topic that tells the others]`
      : undefined,
    ...arns.map((arn) => matches("alarmActionArns", arn, arnRules.alarmAction)),
  ];
}
