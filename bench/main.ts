import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { UserError } from "../local/kernel/errors.ts";
import { runCommand } from "../local/run/command-line.ts";
import { createBase } from "./base.ts";
import { writePages } from "./docs.ts";
import { benchHelp, parseBenchOptions } from "./options.ts";
import { sectionText } from "./report.ts";
import { provenanceOf, type RecordedSection, readResults, writeResults } from "./results.ts";
import { sections } from "./sections.ts";

const projectDir = resolve(fileURLToPath(import.meta.url), "../..");
const resultsFile = join(projectDir, "bench/results/latest.json");

const MS_PER_SECOND = 1_000;

async function main(): Promise<number> {
  const names = sections.map(({ name }) => name);
  const args = process.argv.slice(2);
  const options = parseBenchOptions(args, names);
  if (options.help) {
    process.stdout.write(`${benchHelp(names)}\n`);
    return 0;
  }
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGPIPE"] as const) {
    process.once(signal, () => stop.abort(new UserError("stopped; everything temporary is removed")));
  }
  const startedAt = Date.now();
  const progress = (text: string): void => {
    const seconds = Math.round((Date.now() - startedAt) / MS_PER_SECOND);
    process.stderr.write(`${seconds} s  ${text}\n`);
  };
  const folder = mkdtempSync(join(tmpdir(), "tributary-bench-"));
  const base = createBase({ ref: options.base, projectDir, signal: stop.signal, onStep: progress });
  const measured: RecordedSection[] = [];
  try {
    const provenance = await provenanceOf(projectDir, args, new Date());
    for (const section of sections) {
      if (options.only.length > 0 && !options.only.includes(section.name)) continue;
      const sectionStart = Date.now();
      progress(`section ${section.name}`);
      const { rounds, long: isLong } = options;
      const { signal } = stop;
      const context = { rounds, isLong, projectDir, folder, signal, progress, base: () => base.folder() };
      const result = await section.run(context);
      const seconds = Math.round((Date.now() - sectionStart) / MS_PER_SECOND);
      measured.push({ name: section.name, ...provenance, seconds, ...result });
      if (!options.json) process.stdout.write(`${sectionText(measured.at(-1) as RecordedSection)}\n`);
    }
    writeResults(resultsFile, measured, names);
    if (options.docs) writePages(projectDir, readResults(resultsFile));
    if (options.json) process.stdout.write(`${JSON.stringify({ sections: measured })}\n`);
  } finally {
    await base.remove();
    rmSync(folder, { recursive: true, force: true });
  }
  const hasMissed = measured.some(({ marks }) => marks.some(({ holds }) => !holds));
  return options.strict && hasMissed ? 1 : 0;
}

await runCommand(main);
