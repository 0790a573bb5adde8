/** What a child process measures. */
export const ChildTaskKind = { Steady: "steady", Cold: "cold", Memory: "memory", Scripts: "scripts" } as const;
export type ChildTaskKind = (typeof ChildTaskKind)[keyof typeof ChildTaskKind];

/** What a child process is told, as JSON in its first argument. */
export interface ChildTask {
  readonly kind: ChildTaskKind;
  /** The file that exports `handler`. */
  readonly handlerFile: string;
  /** Files with one event each, as JSON. */
  readonly eventFiles: readonly string[];
  readonly warmUpCpuSeconds: number;
  readonly timedCpuSeconds: number;
}
