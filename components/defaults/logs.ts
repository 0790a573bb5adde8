/** Retention of CloudWatch log groups, in days: the values that the service takes (0 would be for ever). */
export const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Defaults of every log group. */
export const logGroupDefaults = { retentionInDays: 30 } as const;
