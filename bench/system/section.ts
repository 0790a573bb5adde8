import type { BenchContext, Section, SectionResult } from "../section.ts";
import { measureEvents } from "./events.ts";
import { measureStart } from "./start.ts";

/** One part of the section: measures the whole system beside the base commit. */
export type SystemPart = (context: BenchContext) => Promise<SectionResult>;

/** The parts, in the order in which they run. */
const parts: readonly SystemPart[] = [measureStart, measureEvents];

/** The whole system, as ratios to the base commit in the same run. */
export const systemSection: Section = {
  name: "system",
  async run(context) {
    const results: SectionResult[] = [];
    for (const part of parts) results.push(await part(context));
    return {
      tables: results.flatMap(({ tables }) => tables),
      marks: results.flatMap(({ marks }) => marks),
      notes: results.flatMap(({ notes }) => notes),
      skipped: results.flatMap(({ skipped }) => skipped),
    };
  },
};
