import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const components = fileURLToPath(new URL("../../components", import.meta.url));

/** Whether a module imports another, by whatever way. */
function reaches(file: string, target: string, seen = new Set<string>()): boolean {
  if (file === target) return true;
  if (seen.has(file) || !file.endsWith(".ts")) return false;
  seen.add(file);
  const imports = [...readFileSync(file, "utf8").matchAll(/^(?:import|\}) ?(?!type\b).*?"(\.[^"]+)";/gm)];
  return imports.some(([, path = ""]) => reaches(resolve(dirname(file), path), target, seen));
}

describe("every component", () => {
  it("sees to it that errors can be printed, without a setting of the program", () => {
    const classes = readdirSync(components, { recursive: true, encoding: "utf8" })
      .map((file) => join(components, file))
      .filter((file) => file.endsWith(".ts"))
      .filter((file) => /class \w+ extends pulumi\.ComponentResource/.test(readFileSync(file, "utf8")));
    expect(classes.length).to.be.greaterThan(8);
    const target = join(components, "plain-inspect.mjs");
    expect(classes.filter((file) => !reaches(file, target))).to.deep.equal([]);
    expect(reaches(join(components, "iam/arn.ts"), target), "the walk can say no").to.equal(false);
  });
});
