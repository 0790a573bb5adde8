import { z } from "zod";
import { isPeriod } from "./alarms.ts";
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
const dimensions = z.array(dimension).max(30).default([]);
const period = number.refine(isPeriod, "must be a multiple of 60");
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

export const getMetricDataInput = z.strictObject({
  MetricDataQueries: z
    .array(
      z.strictObject({
        Id: z.string().regex(/^[a-z]\w*$/),
        Label: z.string().optional(),
        ReturnData: z
          .union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")])
          .default(true),
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
