import { type Identity, Resource } from "../../kernel/resource.ts";
import {
  type Metric,
  type MetricStore,
  MINUTE_MS,
  type StatisticName,
  type Statistics,
  statisticOf,
  statisticsWithin,
} from "./metric-store.ts";

/** How an alarm compares, by AWS's names. */
export const comparisons = {
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
} as const;
export type Comparison = keyof typeof comparisons;

/** What a period without data counts as. */
export const missingDataTreatments = ["missing", "ignore", "breaching", "notBreaching"] as const;
export type MissingDataTreatment = (typeof missingDataTreatments)[number];

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/** Why a new alarm is in the state that it is in. */
const UNCHECKED = "Unchecked: Initial alarm creation";

/** What an alarm watches, and when it is raised. */
export interface AlarmSettings {
  readonly description: string | undefined;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: string | undefined;
  readonly statistic: StatisticName;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  /** How many of the periods must be beyond the threshold; undefined: all of them. */
  readonly datapointsToAlarm: number | undefined;
  readonly threshold: number;
  readonly comparison: Comparison;
  readonly missingData: MissingDataTreatment;
  readonly areActionsEnabled: boolean;
  readonly alarmActions: readonly string[];
  readonly okActions: readonly string[];
  readonly insufficientDataActions: readonly string[];
}

/** Actions of one kind that an alarm may have; dimensions of its metric. */
export const MAX_ACTIONS = 5;
export const MAX_DIMENSIONS = 30;

const amounts = ["", "Kilo", "Mega", "Giga", "Tera"].flatMap((prefix) =>
  ["Bytes", "Bits"].map((unit) => (prefix ? prefix + unit.toLowerCase() : unit)),
);
/** Units that a metric may have. */
export const units: readonly string[] = [
  ...["Seconds", "Microseconds", "Milliseconds", "Percent", "Count", "Count/Second", "None"],
  ...amounts.flatMap((amount) => [amount, `${amount}/Second`]),
];

/**
 * What an alarm may look back at: seconds, and the same for periods of less than an hour (PutMetricAlarm, "Period").
 */
const MAX_SPAN_SECONDS = 604_800;
const MAX_SHORT_SPAN_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;

/**
 * What an alarm's numbers cannot be to each other, by the setting to change; those that are not given are not looked
 * at.
 */
export function alarmProblems(
  settings: Partial<Pick<AlarmSettings, "periodSeconds" | "evaluationPeriods" | "datapointsToAlarm">>,
): readonly { readonly setting: "evaluationPeriods" | "datapointsToAlarm"; readonly reason: string }[] {
  const { periodSeconds: period, evaluationPeriods: periods, datapointsToAlarm: datapoints } = settings;
  const most = period !== undefined && period < HOUR_SECONDS ? MAX_SHORT_SPAN_SECONDS : MAX_SPAN_SECONDS;
  const isTooLong = period !== undefined && periods !== undefined && period * periods > most;
  const isTooMany = datapoints !== undefined && periods !== undefined && datapoints > periods;
  return [
    ...(isTooLong
      ? [
          {
            setting: "evaluationPeriods" as const,
            reason: `times the period must be at most ${most} seconds, got ${periods} periods of ${period} seconds`,
          },
        ]
      : []),
    ...(isTooMany
      ? [
          {
            setting: "datapointsToAlarm" as const,
            reason: `must be at most evaluationPeriods (${periods}), got ${datapoints}`,
          },
        ]
      : []),
  ];
}

/** A change of an alarm's state. */
export interface StateChange {
  /** Cloud time, milliseconds since the epoch. */
  readonly at: number;
  readonly from: { readonly state: AlarmState; readonly reason: string };
  readonly to: { readonly state: AlarmState; readonly reason: string };
}

/** Datapoints that a reason lists at most, the newest first. */
const MAX_DATAPOINTS_TOLD = 5;

/**
 * An alarm and its state. Its actions are kept and never taken: nothing here receives them. It is evaluated when it is
 * looked at, for every minute since
 * the last time in which its state may have changed.
 */
export class Alarm extends Resource {
  settings: AlarmSettings;
  tags: Readonly<Record<string, string>>;
  /** Cloud time, milliseconds since the epoch. */
  configuredAt: number;
  state: AlarmState = "INSUFFICIENT_DATA";
  reason = UNCHECKED;
  stateUpdatedAt: number;
  /** Up to when it has been evaluated; undefined before the first time. */
  #evaluatedAt: number | undefined;
  readonly #changed: (change: StateChange) => void;

  constructor(
    alarm: Identity & {
      settings: AlarmSettings;
      tags: Readonly<Record<string, string>>;
      now: number;
      changed: (change: StateChange) => void;
    },
  ) {
    super(alarm);
    this.settings = alarm.settings;
    this.tags = alarm.tags;
    this.configuredAt = alarm.now;
    this.stateUpdatedAt = alarm.now;
    this.#changed = alarm.changed;
  }

  /**
   * Looks at the metric's last periods and sets the state, for each time at which it may have changed; the current
   * period counts once it has data.
   */
  evaluate(metrics: MetricStore, now: number): void {
    const { settings } = this;
    const found = metrics.find({
      accountId: this.accountId,
      region: this.region,
      namespace: settings.namespace,
      name: settings.metricName,
      dimensions: settings.dimensions,
    });
    const metric = settings.unit === undefined || found?.unit === settings.unit ? found : undefined;
    // What was measured in the minute of its making comes after it.
    if (this.#evaluatedAt === undefined) this.#evaluateAt(metric, this.stateUpdatedAt, minuteOf(this.stateUpdatedAt));
    for (const at of this.#timesOfChange(metric, this.#evaluatedAt ?? this.stateUpdatedAt, now)) {
      this.#evaluateAt(metric, at, minuteOf(at) + MINUTE_MS);
    }
    this.#evaluateAt(metric, now, minuteOf(now) + MINUTE_MS);
    this.#evaluatedAt = now;
  }

  /**
   * When a minute with data was over, when its period was, and when that period was looked back at for the last time.
   */
  #timesOfChange(metric: Metric | undefined, after: number, before: number): readonly number[] {
    const { periodSeconds, evaluationPeriods } = this.settings;
    const periodMs = periodSeconds * 1000;
    const times = new Set<number>();
    for (const minute of metric?.minutes.keys() ?? []) {
      const period = Math.floor(minute / periodMs) * periodMs;
      times.add(minute + MINUTE_MS - 1);
      for (const periods of [1, evaluationPeriods, evaluationPeriods + 1]) times.add(period + periods * periodMs);
    }
    return [...times].filter((time) => time > after && time < before).sort((a, b) => a - b);
  }

  /** @param until the minutes before this are known. */
  #evaluateAt(metric: Metric | undefined, at: number, until: number): void {
    const periodMs = this.settings.periodSeconds * 1000;
    const within = (from: number) => statisticsWithin(metric, from, Math.min(from + periodMs, until));
    const current = Math.floor(at / periodMs) * periodMs;
    const end = within(current) ? current + periodMs : current;
    const periods = Array.from({ length: this.settings.evaluationPeriods }, (_, index) =>
      within(end - (index + 1) * periodMs),
    );
    this.#set(this.#judge(periods), periods, at);
  }

  #judge(periods: readonly (Statistics | undefined)[]): AlarmState {
    const { settings } = this;
    const present = periods.filter((period) => period !== undefined);
    const missing = periods.length - present.length;
    const isBeyond = (period: Statistics) =>
      comparisons[settings.comparison](statisticOf(period, settings.statistic), settings.threshold);
    const breaching = present.filter(isBeyond).length + (settings.missingData === "breaching" ? missing : 0);
    if (breaching >= (settings.datapointsToAlarm ?? settings.evaluationPeriods)) return "ALARM";
    if (present.length > 0 || settings.missingData === "notBreaching" || settings.missingData === "breaching") {
      return "OK";
    }
    return settings.missingData === "ignore" ? this.state : "INSUFFICIENT_DATA";
  }

  #set(state: AlarmState, periods: readonly (Statistics | undefined)[], at: number): void {
    if (state === this.state) return;
    const present = periods.filter((period) => period !== undefined);
    const values = present.slice(0, MAX_DATAPOINTS_TOLD).map((period) => statisticOf(period, this.settings.statistic));
    const list = [...values, ...(present.length > values.length ? ["…"] : [])].join(", ");
    const reason =
      present.length === 0
        ? `no datapoints were received for ${periods.length} periods`
        : `${present.length} datapoints [${list}], threshold ${this.settings.threshold} (${this.settings.comparison})`;
    const from = { state: this.state, reason: this.reason };
    this.state = state;
    this.reason = `Threshold Crossed: ${reason}.`;
    this.stateUpdatedAt = at;
    this.#changed({ at, from, to: { state, reason: this.reason } });
  }

  /** As it was when it was made. */
  reset(now: number): void {
    this.state = "INSUFFICIENT_DATA";
    this.reason = UNCHECKED;
    this.stateUpdatedAt = now;
    this.#evaluatedAt = undefined;
  }
}

function minuteOf(time: number): number {
  return Math.floor(time / MINUTE_MS) * MINUTE_MS;
}

/** Whether a period is one that CloudWatch takes: whole minutes. */
export function isPeriod(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds > 0 && (seconds * 1000) % MINUTE_MS === 0;
}

/** Whether an alarm may have this period: whole minutes, or one of those for metrics of high resolution. */
export function isAlarmPeriod(seconds: number): boolean {
  return [10, 20, 30].includes(seconds) || isPeriod(seconds);
}
