import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { projectDir } from "../support/system.ts";

/** What only `aws/` may know, and how it shows in code. */
const ownKnowledge: Readonly<Record<string, RegExp>> = {
  "a partition in an ARN that is put together": /`arn:aws[:-]/,
  "a pattern for regions": /\((?:[a-z]{2}\|){3}|\[a-z\]\{2\}[(-]|\b(?:central|southeast|northwest)\|/,
  "a partition told by the beginning of a region": /startsWith\("(?:cn|us-gov|us-iso|eusc)-/,
  "the domain of endpoints": /[`.}]\.?amazonaws\.(?:com|eu)(?:\.cn)?[`$/"]/,
};

/** Where such a text stands for something else. */
const allowed: readonly RegExp[] = [
  // Names of XML namespaces.
  /"https?:\/\/\w+\.amazonaws\.com\/doc\//,
  // Service principals, which are the same in every partition for the services that are used here.
  /"[a-z]+\.amazonaws\.com"/,
  // What an error says for example.
  /is not an EC2 endpoint such as|`arn:aws:apigateway:<region>/,
];

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(join(projectDir, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (entry.name.endsWith(".ts")) yield path;
  }
}

describe("what AWS names differently by partition or region", () => {
  it("is known to aws/ alone", () => {
    const files = ["components", "config", "stacks", "functions", "local"].flatMap((folder) => [...sources(folder)]);
    const found = [...files, "config.ts"].flatMap((file) =>
      readFileSync(join(projectDir, file), "utf8")
        .split("\n")
        .flatMap((line, index) =>
          /^\s*(?:\/\/|\*|\/\*\*)/.test(line) || allowed.some((each) => each.test(line))
            ? []
            : Object.entries(ownKnowledge)
                .filter(([, pattern]) => pattern.test(line))
                .map(([what]) => `${file}:${index + 1}: ${what}: ${line.trim()}`),
        ),
    );
    expect(found).to.deep.equal([]);
  });
});
