import { z } from "zod";
import { historyItemTypes } from "./alarm-history.ts";
import {
  type Comparison,
  comparisons,
  isAlarmPeriod,
  isPeriod,
  MAX_ACTIONS,
  MAX_DIMENSIONS,
  missingDataTreatments,
  units,
} from "./alarms.ts";
import { statisticNames } from "./metric-store.ts";

/** A number, or its text as the Query protocol has it. */
const number = z.coerce.number();

/** Epoch seconds, or ISO 8601 as the Query protocol has it; milliseconds since the epoch come out. */
const time = z
  .union([z.number(), z.string()])
  .transform((value) => (typeof value === "number" ? value * 1000 : Date.parse(value)))
  .refine((value) => !Number.isNaN(value), "is not a time");

const name = z.string().min(1).max(255);
const dimension = z.strictObject({ Name: name, Value: z.string().min(1).max(1024) });
const dimensions = z.array(dimension).max(MAX_DIMENSIONS).default([]);
const boolean = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]);
const period = number.refine(isPeriod, "must be a multiple of 60");
const alarmPeriod = number.refine(isAlarmPeriod, "must be 10, 20, 30 or a multiple of 60");
const statistic = z.enum(statisticNames, {
  error: `the local cloud supports the statistics ${statisticNames.join(", ")}`,
});

export const putMetricDataInput = z.strictObject({
  Namespace: name,
  MetricData: z
    .array(
      z.strictObject({
        MetricName: name,
        Dimensions: dimensions,
        Timestamp: time.optional(),
        Value: number,
        Unit: z.string().default("None"),
        StorageResolution: number.optional(),
      }),
    )
    .max(1000),
});

export const listMetricsInput = z.strictObject({
  Namespace: name.optional(),
  MetricName: name.optional(),
  Dimensions: z.array(z.strictObject({ Name: name, Value: z.string().optional() })).default([]),
  NextToken: z.string().optional(),
});

export const getMetricStatisticsInput = z.strictObject({
  Namespace: name,
  MetricName: name,
  Dimensions: dimensions,
  StartTime: time,
  EndTime: time,
  Period: period,
  Statistics: z.array(statistic).min(1).max(5),
  Unit: z.string().optional(),
});

export const describeAlarmsInput = z.strictObject({
  AlarmNames: z.array(name).max(100).optional(),
  AlarmNamePrefix: name.optional(),
  AlarmTypes: z.array(z.enum(["MetricAlarm"])).optional(),
  StateValue: z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]).optional(),
  MaxRecords: number.int().min(1).max(100).default(50),
  NextToken: z.string().optional(),
});

/** Without a type: all of them. */
export const describeAlarmHistoryInput = z.strictObject({
  AlarmName: name.optional(),
  AlarmTypes: z.array(z.enum(["MetricAlarm"])).optional(),
  HistoryItemType: z.enum(historyItemTypes).optional(),
  StartDate: time.optional(),
  EndDate: time.optional(),
  MaxRecords: number.int().min(1).max(100).default(100),
  NextToken: z.string().optional(),
  ScanBy: z.enum(["TimestampAscending", "TimestampDescending"]).default("TimestampDescending"),
});

const actions = z.array(z.string().min(1).max(1024)).max(MAX_ACTIONS).default([]);
const tags = z.array(z.strictObject({ Key: z.string().min(1).max(128), Value: z.string().max(256) }));
const alarmNames = z.array(name).max(100);
const resourceArn = z.string().min(1).max(1024);

/** Alarms on one metric with a fixed threshold, as the resource type has them. */
export const putMetricAlarmInput = z.strictObject({
  AlarmName: name,
  AlarmDescription: z.string().max(1024).optional(),
  ActionsEnabled: boolean.default(true),
  OKActions: actions,
  AlarmActions: actions,
  InsufficientDataActions: actions,
  MetricName: name,
  Namespace: name,
  Statistic: statistic,
  Dimensions: dimensions,
  Period: alarmPeriod,
  Unit: z.enum(units).optional(),
  EvaluationPeriods: number.int().min(1),
  DatapointsToAlarm: number.int().min(1).optional(),
  Threshold: number,
  ComparisonOperator: z.enum(Object.keys(comparisons) as [Comparison, ...Comparison[]]),
  TreatMissingData: z.enum(missingDataTreatments).default("missing"),
  Tags: tags.default([]),
});

/** Of DeleteAlarms, EnableAlarmActions and DisableAlarmActions. */
export const alarmNamesInput = z.strictObject({ AlarmNames: alarmNames });

export const listTagsForResourceInput = z.strictObject({ ResourceARN: resourceArn });

export const tagResourceInput = z.strictObject({ ResourceARN: resourceArn, Tags: tags });

export const untagResourceInput = z.strictObject({ ResourceARN: resourceArn, TagKeys: z.array(z.string()) });

export const getMetricDataInput = z.strictObject({
  MetricDataQueries: z
    .array(
      z.strictObject({
        Id: z.string().regex(/^[a-z]\w*$/),
        Label: z.string().optional(),
        ReturnData: boolean.default(true),
        MetricStat: z.strictObject({
          Metric: z.strictObject({ Namespace: name, MetricName: name, Dimensions: dimensions }),
          Period: period,
          Stat: statistic,
          Unit: z.string().optional(),
        }),
      }),
    )
    .min(1)
    .max(500),
  StartTime: time,
  EndTime: time,
  ScanBy: z.enum(["TimestampAscending", "TimestampDescending"]).default("TimestampDescending"),
  MaxDatapoints: number.optional(),
  NextToken: z.string().optional(),
});
