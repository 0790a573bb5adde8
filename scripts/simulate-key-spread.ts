import { busiestPartition, keyForms, type StreamLoad, steps, writesByKey } from "./key-spread.ts";

/**
 * Prints how the items' hash keys spread a second of writes over a table's partitions, for docs/scale.md. Takes about
 * a minute.
 *
 *     node --import tsx/esm -- scripts/simulate-key-spread.ts
 */
const LOADS: readonly StreamLoad[] = [
  ...[1, 10, 100, 1_000].map((shards) => ({ shards, recordsPerSecond: 1_000 })),
  { shards: 10_000, recordsPerSecond: 100 },
];
/** Partitions that a new table on demand has: it takes 4,000 writes/s. */
const NEW_TABLE = 4;
/** Partitions for each that the writes fill, if they were spread evenly. */
const HEADROOM = 1.5;

const row = (cells: readonly (string | number)[]) => console.log(`| ${cells.join(" | ")} |`);
const heads = [
  "shards",
  "writes/s",
  "index steps",
  "key",
  "keys",
  "busiest key, writes/s",
  "partitions",
  "busiest, writes/s",
];

row(heads);
row(heads.map(() => "---"));
for (const load of LOADS)
  for (const step of steps)
    for (const form of keyForms) {
      const writes = writesByKey(load, form, step);
      const total = load.shards * load.recordsPerSecond;
      const partitions = Math.max(NEW_TABLE, Math.ceil((total / 1_000) * HEADROOM));
      const busiestKey = [...writes.values()].reduce((highest, count) => Math.max(highest, count), 0);
      const busiest = busiestPartition(writes, partitions).join(" to ");
      row([load.shards, total, step.name, form.name, writes.size, busiestKey, partitions, busiest]);
    }
