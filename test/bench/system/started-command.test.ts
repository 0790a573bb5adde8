import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { startCommand } from "../../../bench/system/started-command.ts";
import { failureOf } from "../../support/failure-of.ts";

describe("a command of package.json that the benchmarks start", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "started-command-"));
    const scripts = { start: "exec node main.mjs --own", broken: "node broken.mjs" };
    writeFileSync(join(folder, "package.json"), JSON.stringify({ scripts }));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const started = (script: string, ...args: string[]) =>
    startCommand(script, args, { cwd: folder, folder, signal: new AbortController().signal });

  it("gets its own arguments and --json; its first line, its ready line and the CPU time of its processes are seen", async function () {
    if (process.platform !== "linux") this.skip();
    writeFileSync(
      join(folder, "main.mjs"),
      `import { spawnSync } from "node:child_process";
      console.error("starting");
      const busy = "const end = process.cpuUsage().user + 200_000; while (process.cpuUsage().user < end);";
      spawnSync(process.execPath, ["-e", busy]);
      console.log(JSON.stringify({ accounts: [], outputs: { args: process.argv.slice(2) } }));
      setInterval(() => {}, 1000);`,
    );
    const command = started("start", "--events", "1");
    try {
      const first = await command.firstLine;
      const { outputs } = await command.ready;
      expect(outputs).to.deep.equal({ args: ["--own", "--json", "--events", "1"] });
      const now = command.now();
      expect(now.wallSeconds).to.be.greaterThan(first.wallSeconds);
      expect(now.cpuSeconds - first.cpuSeconds, "its child's too").to.be.at.least(0.1);
      const [child = 0, ...others] = command.endedProcesses();
      expect(child).to.be.at.least(0.1);
      expect(others).to.deep.equal([]);
    } finally {
      await command.kill();
    }
  });

  it("is said to have ended, with its standard error, when it is never ready", async () => {
    writeFileSync(join(folder, "broken.mjs"), 'console.error("no such port"); process.exit(1);');
    const command = started("broken");
    expect(await failureOf(command.ready)).to.equal("the command ended before it was ready:\nno such port\n");
    await command.kill();
  });
});
