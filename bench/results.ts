import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, platform, release, totalmem } from "node:os";
import { dirname } from "node:path";
import { UserError } from "../local/kernel/errors.ts";
import { runProcess } from "../local/rehearse/run-process.ts";
import type { SectionResult } from "./section.ts";

/** Where figures come from. */
export interface Provenance {
  /** Processor, number of its cores that Node.js may use, memory, operating system. */
  readonly machine: string;
  readonly node: string;
  /** UTC, ISO 8601, to the minute. */
  readonly date: string;
  /** Short hash; `+` after it when the working tree had changes. */
  readonly commit: string;
  /** What was typed. */
  readonly command: string;
}

/** One section's results, and where they come from. */
export interface RecordedSection extends Provenance, SectionResult {
  readonly name: string;
  /** Seconds that the section took. */
  readonly seconds: number;
}

const BYTES_OF_GIB = 2 ** 30;

/** Facts of this machine, this checkout and this run. @param args what stands after `npm run bench` */
export async function provenanceOf(projectDir: string, args: readonly string[], now: Date): Promise<Provenance> {
  return {
    machine:
      `${cpus()[0]?.model.trim() ?? "unknown processor"}, ${availableParallelism()} cores, ` +
      `${Math.round(totalmem() / BYTES_OF_GIB)} GiB, ${platform()} ${release()}`,
    node: process.version,
    date: `${now.toISOString().slice(0, 16)}Z`,
    commit: await commitOf(projectDir),
    command: ["npm run bench", ...(args.length > 0 ? ["--", ...args] : [])].join(" "),
  };
}

async function commitOf(projectDir: string): Promise<string> {
  const git = (...args: readonly string[]) => runProcess("git", args, { cwd: projectDir });
  const head = await git("rev-parse", "--short", "HEAD");
  if (head.code !== 0) throw new UserError(`${projectDir} is not in a git clone: the results name its commit`);
  // The results themselves may have changed.
  const { stdout } = await git("status", "--porcelain", "--", ".", ":!bench/results", ":!README.md", ":!docs");
  return `${head.stdout.trim()}${stdout.trim() === "" ? "" : "+"}`;
}

/** Sections that are recorded in a file; none when there is no file. @throws SyntaxError when it is not JSON */
export function readResults(file: string): readonly RecordedSection[] {
  if (!existsSync(file)) return [];
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly sections: readonly RecordedSection[] }).sections;
}

/**
 * Writes sections to a file. Sections that were not run keep what is recorded of them.
 * @param order names of all sections; others are dropped
 */
export function writeResults(file: string, measured: readonly RecordedSection[], order: readonly string[]): void {
  const recorded = [...measured, ...readResults(file)];
  const sections = order.flatMap((name) => recorded.find((section) => section.name === name) ?? []);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ sections }, null, 2)}\n`);
}
