import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { withBotocore } from "./botocore.ts";
import { inputTypes } from "./input-types.ts";
import { type Published, trimmed } from "./trim-model.ts";

/**
 * Generates `local/wire/models/<service>.json` and `<service>.ts` (input types) from AWS's service models in botocore
 * (PyPI, Apache-2.0). Needs pip and the network. `scripts/modelled-operations.json` lists the operations of each
 * service, or "all".
 *
 *     node --import tsx/esm -- scripts/update-service-models.ts [version of botocore]
 */
const MODELS = fileURLToPath(new URL("../local/wire/models/", import.meta.url));
const wanted = z
  .record(z.string(), z.union([z.literal("all"), z.array(z.string())]))
  .parse(JSON.parse(readFileSync(new URL("modelled-operations.json", import.meta.url), "utf8")));

withBotocore(process.argv[2], ({ version, data }) => {
  for (const [service, operations] of Object.entries(wanted)) {
    const [apiVersion = ""] = readdirSync(join(data, service)).sort().slice(-1);
    const text = gunzipSync(readFileSync(join(data, service, apiVersion, "service-2.json.gz"))).toString("utf8");
    const source = `botocore ${version}, data/${service}/${apiVersion}/service-2.json.gz (PyPI, Apache-2.0), without its documentation. Made by scripts/update-service-models.ts: do not edit`;
    const model = trimmed(JSON.parse(text) as Published, operations);
    writeFileSync(join(MODELS, `${service}.json`), printed({ source, ...model }));
    writeFileSync(join(MODELS, `${service}.ts`), `// ${source}.\n\n${inputTypes(service, model)}`);
  }
});

/** JSON with one operation, shape or error per line. */
function printed(model: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(model).map(([name, part]) => {
    if (typeof part !== "object" || part === null) return `  ${JSON.stringify(name)}: ${JSON.stringify(part)}`;
    const lines = Object.entries(part).map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
    return `  ${JSON.stringify(name)}: {\n${lines.join(",\n")}\n  }`;
  });
  return `{\n${parts.join(",\n")}\n}\n`;
}
