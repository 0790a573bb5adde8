/** ARNs that one alarm can call, by AWS's limit. */
export const MAX_ALARM_ACTIONS = 5;

const MINUTE = 60;
const FIVE_MINUTES = 300;
const DAY = 86_400;

/** How late, how often and how long, before an alarm fires. */
export const alarmDefaults = {
  /** This share of the time until records are lost is used up before they are read. */
  lateness: { share: 0.5, periodSeconds: MINUTE, periods: 5 },
  /** Writes to a stream are throttled in five minutes in a row; single throttles are left to the producers' retries. */
  writeThrottles: { periodSeconds: MINUTE, periods: 5 },
  /** A function fails, or is throttled, in three periods in a row; a batch is retried after a minute at most. */
  functionFailures: { periodSeconds: FIVE_MINUTES, periods: 3 },
  /** A single data point fires: batches that are lost. */
  each: { periodSeconds: MINUTE, periods: 1 },
  /**
   * A single one fires within minutes, and the alarm stays for 24 hours after the last, so that it is still there in
   * the morning. CloudWatch looks back a day at most with periods of less than an hour (PutMetricAlarm, "Period").
   */
  parked: { periodSeconds: MINUTE, periods: DAY / MINUTE, datapointsToAlarm: 1 },
  /** Records wait this much longer than the buffer's time. Firehose gives them up after a day. */
  delivery: { secondsOverBuffer: 900, periodSeconds: FIVE_MINUTES, periods: 3 },
} as const;
