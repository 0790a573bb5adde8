/** What the process that renders a template is told, as JSON in its first argument. */
export interface TemplateTask {
  /** Position in `templateCases`. */
  readonly caseIndex: number;
  /** Events in a batch; each is measured. */
  readonly sizes: readonly number[];
  /** Least processor time of the two parts of a measurement, seconds. */
  readonly warmUpCpuSeconds: number;
  readonly timedCpuSeconds: number;
}
