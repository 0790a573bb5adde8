/** How a value is held against its goal. */
export const Comparison = { AtMost: "at most", AtLeast: "at least" } as const;
export type Comparison = (typeof Comparison)[keyof typeof Comparison];

/** What a missed mark means: `binds` is the mark that a change is judged by; `follows` is printed beside it. */
export const Weight = { Binds: "binds", Follows: "follows" } as const;
export type Weight = (typeof Weight)[keyof typeof Weight];

/** One measured figure and its goal. */
export interface Mark {
  /** What was measured, such as `CPU per record, 300 records an event, against the floor`. */
  readonly name: string;
  /** The measured figure, in `unit`. */
  readonly value: number;
  /** The goal, in `unit`. */
  readonly goal: number;
  readonly comparison: Comparison;
  /** Unit of value and goal: `×` for a ratio, `KB`, `MB`, … */
  readonly unit: string;
  readonly weight: Weight;
  /** Whether the value reaches the goal. False for a value that is not a finite number. */
  readonly holds: boolean;
  /** What is in the way of a mark that does not hold, from a profile. */
  readonly note?: string;
}

/** A mark as a section states it: a ratio that follows, unless it says otherwise. */
export type MarkInput = Omit<Mark, "holds" | "unit" | "weight"> & Partial<Pick<Mark, "unit" | "weight">>;

/** Holds a measured value against its goal. @param input `unit` defaults to `×`, `weight` to `follows` */
export function toMark(input: MarkInput): Mark {
  const { value, goal, comparison } = input;
  const isReached = comparison === Comparison.AtMost ? value <= goal : value >= goal;
  return { unit: "×", weight: Weight.Follows, ...input, holds: Number.isFinite(value) && isReached };
}

/** The goal as text, such as `≤ 5.5×`. */
export function goalText({ goal, comparison, unit }: Mark): string {
  return `${comparison === Comparison.AtMost ? "≤" : "≥"} ${withUnit(goal, unit)}`;
}

/** A figure with its unit: `1.33×`, `546 KB`. */
export function withUnit(value: number, unit: string): string {
  return unit === "×" ? `${toDigits(value)}×` : `${toDigits(value)} ${unit}`;
}

/** A figure with about three significant digits, and never in exponential notation. */
export function toDigits(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return value.toFixed(0);
  return size >= 10 ? value.toFixed(1) : size >= 0.1 || value === 0 ? value.toFixed(2) : value.toFixed(4);
}

/** What is in the way of the marks that do not hold: one line for all marks with the same note. */
export function reasonsOf(marks: readonly Mark[]): readonly string[] {
  const names = new Map<string, string[]>();
  for (const { holds, note, name } of marks) {
    if (!holds && note !== undefined) names.set(note, [...(names.get(note) ?? []), name]);
  }
  return [...names].map(([note, missed]) => `${missed.join("; ")}: ${note}`);
}
