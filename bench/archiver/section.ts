import { createHandlerBench } from "../handler-bench.ts";
import { installLibraries } from "../installed.ts";
import type { BenchContext, Section, SectionResult } from "../section.ts";
import { measureBilling } from "./billing.ts";
import { measureCpu } from "./cpu.ts";
import { archiverEnvironment, bundleWays } from "./ways.ts";

/** The archiver beside what a user would write instead. */
export const archiverSection: Section = {
  name: "archiver",
  async run(context: BenchContext): Promise<SectionResult> {
    await installLibraries(context);
    const ways = bundleWays(context.folder);
    const bench = await createHandlerBench(context, archiverEnvironment);
    try {
      const parts = [await measureBilling(context, bench, ways), await measureCpu(context, bench, ways)];
      return {
        tables: parts.flatMap(({ tables }) => tables),
        marks: parts.flatMap(({ marks }) => marks),
        notes: [
          "Every way delivers the same lines, held against each other by a digest. Firehose is a stand-in in another " +
            "process that answers at once. Plain HTTP: TLS is in no figure.",
          ...parts.flatMap(({ notes }) => notes),
        ],
        skipped: [],
      };
    } finally {
      await bench.close();
    }
  },
};
