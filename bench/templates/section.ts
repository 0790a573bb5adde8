import { fileURLToPath } from "node:url";
import { bundleProgram } from "../bundles.ts";
import { runChild } from "../child/run-child.ts";
import { interleave, median, medianOf } from "../harness.ts";
import { Comparison, toDigits, toMark } from "../marks.ts";
import type { BenchContext, Section, SectionResult } from "../section.ts";
import { templateCases } from "./cases.ts";
import type { TemplateTask } from "./task.ts";

/** Events in a batch; 500 are the most that the gateway takes. */
const SIZES = [1, 100, 500] as const;
const [, large, largest] = SIZES;
const WARM_UP_CPU_SECONDS = 0.3;
const TIMED_CPU_SECONDS = 0.5;
/** Time per event at 500 events against 100: growing as the batch, and a tenth for garbage collection. */
const GOAL = 1.1;

/** The local engine's time per request of the gateway's mapping templates. */
export const templatesSection: Section = {
  name: "templates",
  async run({ rounds, folder, signal, progress }: BenchContext): Promise<SectionResult> {
    const program = bundleProgram(fileURLToPath(new URL("./child.ts", import.meta.url)), folder);
    const measure = (caseIndex: number, isBatch: boolean) => {
      const sizes = isBatch ? SIZES : SIZES.slice(0, 1);
      const task: TemplateTask = {
        caseIndex,
        sizes,
        warmUpCpuSeconds: WARM_UP_CPU_SECONDS,
        timedCpuSeconds: TIMED_CPU_SECONDS,
      };
      return runChild(process.execPath, [program, JSON.stringify(task)], { env: process.env, signal });
    };
    const samples = await interleave(
      templateCases.map(({ name, isBatch }, index) => ({ name, measure: () => measure(index, isBatch) })),
      { rounds, onRun: ({ name }, round) => progress(`templates, round ${round + 1} of ${rounds}: ${name}`) },
    );
    const time = (name: string, size: number): number => medianOf(samples.get(name), String(size));
    const growth = (name: string): number =>
      median(
        (samples.get(name) ?? []).map(
          (sample) => medianOf([sample], String(largest)) / largest / (medianOf([sample], String(large)) / large),
        ),
      );
    return {
      tables: [
        {
          title: "µs of CPU per request in the local engine, by events in a batch",
          columns: ["template", ...SIZES.map(String)],
          rows: templateCases.map(({ name, isBatch }) => [
            name,
            ...SIZES.map((size) => (isBatch || size === 1 ? toDigits(time(name, size)) : "")),
          ]),
        },
      ],
      marks: templateCases
        .filter(({ isBatch }) => isBatch)
        .map(({ name }) =>
          toMark({
            name: `${name}: time per event at ${largest} events against ${large}`,
            value: growth(name),
            goal: GOAL,
            comparison: Comparison.AtMost,
          }),
        ),
      notes: ["A request is the template's rendering with the parse of the body; the template is compiled before."],
      skipped: [
        "Apache Velocity: its jar is not part of this project, so the templates are measured in our engine only",
      ],
    };
  },
};
