import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { withBotocore } from "./botocore.ts";

/**
 * Makes `local/wire/query-answers.json` from the service models that AWS publishes in botocore (PyPI, Apache-2.0). Needs pip, and the network.
 *
 *     node --import tsx/esm -- scripts/update-query-answers.ts [version of botocore]
 */
const OUTPUT = fileURLToPath(new URL("../local/wire/query-answers.json", import.meta.url));

/** The services of the local cloud that talk the Query protocol. */
const SERVICES = ["cloudwatch", "iam", "sns", "sts"];

const model = z.object({
  operations: z.record(z.string(), z.object({ output: z.object({ resultWrapper: z.string() }).optional() })),
});

withBotocore(process.argv[2], ({ version, data }) => {
  const withoutResult = Object.fromEntries(
    SERVICES.map((service) => {
      const [apiVersion = ""] = readdirSync(join(data, service)).sort().slice(-1);
      const text = gunzipSync(readFileSync(join(data, service, apiVersion, "service-2.json.gz"))).toString("utf8");
      const { operations } = model.parse(JSON.parse(text));
      for (const [name, { output }] of Object.entries(operations)) {
        if (output === undefined || output.resultWrapper === `${name}Result`) continue;
        throw new Error(
          `The result of ${service}:${name} is in ${output.resultWrapper}: queryProtocol has no such name`,
        );
      }
      const names = Object.keys(operations).filter((name) => operations[name]?.output === undefined);
      return [service, names.sort()];
    }),
  );
  const source = `botocore ${version}, data/<service>/<version>/service-2.json.gz (PyPI, Apache-2.0). Made by scripts/update-query-answers.ts: do not edit`;
  writeFileSync(OUTPUT, `${JSON.stringify({ source, withoutResult }, undefined, 2)}\n`);
});
