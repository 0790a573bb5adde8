import type { Mark } from "./marks.ts";
import type { Table } from "./tables.ts";

/** What a section may use. */
export interface BenchContext {
  /** Rounds of interleaved runs; figures are medians over them. */
  readonly rounds: number;
  /** Whether the runs of many minutes are asked for. */
  readonly isLong: boolean;
  /** Folder of this project. */
  readonly projectDir: string;
  /** An empty folder for files of the run, removed at its end. */
  readonly folder: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** One line for whoever waits; goes to standard error. */
  progress(text: string): void;
  /** The base commit, checked out with this project's dependencies: made at the first call. @returns its folder */
  base(): Promise<string>;
}

/** What a section measured. */
export interface SectionResult {
  readonly tables: readonly Table[];
  readonly marks: readonly Mark[];
  /** What a reader must know: what is in no variant, what is in the way of a mark. */
  readonly notes: readonly string[];
  /** What could not be measured here, and why. */
  readonly skipped: readonly string[];
}

/** One part of the benchmarks, chosen by `--only`. */
export interface Section {
  readonly name: string;
  /** Measures. @throws Error when it could not, or when the variants did not do the same work */
  run(context: BenchContext): Promise<SectionResult>;
}
