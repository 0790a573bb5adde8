/** ARNs that one alarm can call, by AWS's limit. */
export const MAX_ALARM_ACTIONS = 5;

const MINUTE = 60;
const FIVE_MINUTES = 300;
const DAY = 86_400;

/** How late, how often and how long, before an alarm fires. */
export const alarmDefaults = {
  /** Records are read so late that this share of the time until they are lost is used up. */
  lateness: { share: 0.5, periodSeconds: MINUTE, periods: 5 },
  /** Writes to a stream are throttled again and again; single throttles are what retries are for. */
  writeThrottles: { periodSeconds: MINUTE, periods: 5 },
  /** A function fails, or is kept from running, again and again; the mapping tries again after a minute at most. */
  functionFailures: { periodSeconds: FIVE_MINUTES, periods: 3 },
  /** Each one matters: batches that are lost. */
  each: { periodSeconds: MINUTE, periods: 1 },
  /**
   * A single one fires within minutes, and the alarm stays for 24 hours after the last, so that it is still there in the morning. A day is the most that
   * CloudWatch looks back at with periods of less than an hour (PutMetricAlarm, "Period").
   */
  parked: { periodSeconds: MINUTE, periods: DAY / MINUTE, datapointsToAlarm: 1 },
  /** Lines wait for their object so much longer than the buffer's time. Firehose gives them up after a day. */
  delivery: { secondsOverBuffer: 900, periodSeconds: FIVE_MINUTES, periods: 3 },
} as const;
