import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { withBotocore } from "./botocore.ts";

/**
 * Generates `aws/partitions.json` from botocore (PyPI, Apache-2.0). Needs pip and the network.
 *
 *     node --import tsx/esm -- scripts/update-partitions.ts [version of botocore]
 */
const OUTPUT = fileURLToPath(new URL("../aws/partitions.json", import.meta.url));

const published = z.object({
  partitions: z.array(
    z.object({
      id: z.string(),
      regionRegex: z.string(),
      outputs: z.object({ dnsSuffix: z.string(), dualStackDnsSuffix: z.string(), implicitGlobalRegion: z.string() }),
      regions: z.record(z.string(), z.object({ description: z.string() })),
    }),
  ),
});

/** Excludes pseudo-regions of global services, such as `aws-cn-global`. */
const isRegionName = (name: string) => !name.endsWith("-global");

withBotocore(process.argv[2], ({ version, data }) => {
  const text = readFileSync(join(data, "partitions.json"), "utf8");
  const partitions = published.parse(JSON.parse(text)).partitions.map(({ id, regionRegex, outputs, regions }) => ({
    id,
    dnsSuffix: outputs.dnsSuffix,
    dualStackDnsSuffix: outputs.dualStackDnsSuffix,
    globalRegion: outputs.implicitGlobalRegion,
    regionPattern: regionRegex,
    regions: Object.fromEntries(
      Object.entries(regions)
        .filter(([name]) => isRegionName(name))
        .map(([name, { description }]) => [name, description]),
    ),
  }));
  const notice = `botocore ${version}, data/partitions.json (PyPI, Apache-2.0). Made by scripts/update-partitions.ts: do not edit`;
  writeFileSync(OUTPUT, `${JSON.stringify({ source: notice, partitions }, undefined, 2)}\n`);
});
