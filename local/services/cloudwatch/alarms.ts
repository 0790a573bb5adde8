import {
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
  /** How many of the periods must be beyond the threshold. */
  readonly datapointsToAlarm: number;
  readonly threshold: number;
  readonly comparison: Comparison;
  readonly missingData: MissingDataTreatment;
  readonly areActionsEnabled: boolean;
  readonly alarmActions: readonly string[];
  readonly okActions: readonly string[];
  readonly insufficientDataActions: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** An alarm and the state it was found in last. Its actions are kept and never taken: nothing here receives them. */
export class Alarm {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  settings: AlarmSettings;
  /** Cloud time, milliseconds since the epoch. */
  configuredAt: number;
  state: AlarmState = "INSUFFICIENT_DATA";
  reason = "Unchecked: Initial alarm creation";
  stateUpdatedAt: number;

  constructor(alarm: {
    accountId: string;
    region: string;
    name: string;
    arn: string;
    settings: AlarmSettings;
    now: number;
  }) {
    this.accountId = alarm.accountId;
    this.region = alarm.region;
    this.name = alarm.name;
    this.arn = alarm.arn;
    this.settings = alarm.settings;
    this.configuredAt = alarm.now;
    this.stateUpdatedAt = alarm.now;
  }

  /** Looks at the metric's last periods and sets the state; the current period counts once it has data. */
  evaluate(metrics: MetricStore, now: number): void {
    const { settings } = this;
    const periodMs = settings.periodSeconds * 1000;
    const metric = metrics.find({
      accountId: this.accountId,
      region: this.region,
      namespace: settings.namespace,
      name: settings.metricName,
      dimensions: settings.dimensions,
    });
    const matching = settings.unit === undefined || metric?.unit === settings.unit ? metric : undefined;
    const current = Math.floor(now / periodMs) * periodMs;
    const end = statisticsWithin(matching, current, current + periodMs) ? current + periodMs : current;
    const periods = Array.from({ length: settings.evaluationPeriods }, (_, index) =>
      statisticsWithin(matching, end - (index + 1) * periodMs, end - index * periodMs),
    );
    this.#set(this.#judge(periods), periods, now);
  }

  #judge(periods: readonly (Statistics | undefined)[]): AlarmState {
    const { settings } = this;
    const present = periods.filter((period) => period !== undefined);
    const missing = periods.length - present.length;
    const isBeyond = (period: Statistics) =>
      comparisons[settings.comparison](statisticOf(period, settings.statistic), settings.threshold);
    const breaching = present.filter(isBeyond).length + (settings.missingData === "breaching" ? missing : 0);
    if (breaching >= settings.datapointsToAlarm) return "ALARM";
    if (present.length > 0 || settings.missingData === "notBreaching" || settings.missingData === "breaching") {
      return "OK";
    }
    return settings.missingData === "ignore" ? this.state : "INSUFFICIENT_DATA";
  }

  #set(state: AlarmState, periods: readonly (Statistics | undefined)[], now: number): void {
    if (state === this.state && state !== "INSUFFICIENT_DATA") return;
    const values = periods
      .filter((period) => period !== undefined)
      .map((period) => statisticOf(period, this.settings.statistic));
    const reason =
      values.length === 0
        ? `no datapoints were received for ${periods.length} periods`
        : `${values.length} datapoints [${values.join(", ")}], threshold ${this.settings.threshold} (${this.settings.comparison})`;
    if (state !== this.state) this.stateUpdatedAt = now;
    this.state = state;
    this.reason = `Threshold Crossed: ${reason}.`;
  }

  /** As it was when it was made. */
  reset(now: number): void {
    this.state = "INSUFFICIENT_DATA";
    this.reason = "Unchecked: Initial alarm creation";
    this.stateUpdatedAt = now;
  }
}

/** Whether a period is one that CloudWatch takes: whole minutes. */
export function isPeriod(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds > 0 && (seconds * 1000) % MINUTE_MS === 0;
}
