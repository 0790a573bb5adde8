import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { expect } from "chai";
import { projectFile, projectText } from "./markdown-tables.ts";

const requireFile = createRequire(import.meta.url);

/** A spec or a support file that sets a limit of its own, or reads how long something took on this machine. */
const TIMING = /\bthis\.timeout\(|\)\.timeout\(|\bprocess\.cpuUsage\(|\bprocess\.hrtime\b/;

/** This file, and those that hold the processor time of a process against what the system tells of it. */
const exempt = new Set([
  "docs/test-settings.test.ts",
  "local/engine/hang-watch.test.ts",
  "bench/system/started-command.test.ts",
]);

describe("the settings of the tests", () => {
  it("have one time limit, the project's against hangs, and no spec has one of its own or asks for processor time", () => {
    const { timeout } = requireFile(projectFile(".mocharc.cjs")) as { timeout: number };
    expect(projectText("local/kernel/hang-limit.ts")).to.match(/HANG_LIMIT_MS = 10 \* 60_000;/);
    expect(timeout).to.equal(10 * 60_000);
    const files = (readdirSync(projectFile("test"), { recursive: true }) as string[])
      .filter((file) => file.endsWith(".ts") && !exempt.has(file))
      .filter((file) => TIMING.test(projectText(`test/${file}`)));
    expect(files).to.deep.equal([]);
  });

  it("run the named files alone when some are named", () => {
    const file = projectFile(".mocharc.cjs");
    const settings = (args: readonly string[]) => {
      const before = process.argv;
      delete requireFile.cache[file];
      try {
        process.argv = [...before.slice(0, 2), ...args];
        return requireFile(file) as { spec?: string[] };
      } finally {
        process.argv = before;
        delete requireFile.cache[file];
      }
    };
    expect(settings([]).spec).to.deep.equal(["test/**/*.test.ts"]);
    expect(settings(["--grep", "a sentence"]).spec).to.deep.equal(["test/**/*.test.ts"]);
    expect(settings(["test/local/kernel/clock.test.ts"])).not.to.have.property("spec");
    expect(settings(["test/local/clock*.test.ts", "--grep", "jumps"])).not.to.have.property("spec");
  });
});
