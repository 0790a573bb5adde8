import { createHandlerBench } from "../handler-bench.ts";
import { installLibraries } from "../installed.ts";
import type { BenchContext, Section, SectionResult } from "../section.ts";
import { measureColdStart } from "./cold-start.ts";
import { measureMemory } from "./memory.ts";
import { measureThroughput } from "./throughput.ts";
import { bundleWays, pythonWay, replicatorEnvironment } from "./variants.ts";

/** The replicator beside what a user would write instead. */
export const replicatorSection: Section = {
  name: "replicator",
  async run(context: BenchContext): Promise<SectionResult> {
    await installLibraries(context);
    const ways = bundleWays(context.folder);
    const python = await pythonWay();
    const bench = await createHandlerBench(context, replicatorEnvironment);
    try {
      const parts = [
        await measureThroughput(context, bench, "missing" in python ? ways : new Map([...ways, [python.name, python]])),
        await measureColdStart(context, bench, ways),
        await measureMemory(context, bench, ways),
      ];
      return {
        tables: parts.flatMap(({ tables }) => tables),
        marks: parts.flatMap(({ marks }) => marks),
        notes: [
          "Every way stores the same items, held against each other by a digest. Services are a stand-in in another " +
            "process that answers at once (or after the time shown). Plain HTTP: TLS is in no figure.",
          "CPU is user and system time of the function's process, all threads, after a warm-up.",
          ...parts.flatMap(({ notes }) => notes),
        ],
        skipped: "missing" in python ? [python.missing] : [],
      };
    } finally {
      await bench.close();
    }
  },
};
