import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { projectDir } from "../../support/system.ts";

/** Whether a process runs; one that has ended and was not waited for does not. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

describe("the embedded engine, when its process is killed,", () => {
  it("leaves no program behind", async () => {
    const script = join(projectDir, "test/fixtures/engine/run-forever.ts");
    const engine = spawn(process.execPath, ["--import", "tsx", script], {
      cwd: projectDir,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let pid = 0;
    for await (const chunk of engine.stdout) {
      pid = Number(/process (\d+)/.exec(String(chunk))?.[1]);
      if (pid > 0) break;
    }
    expect(isRunning(pid)).to.equal(true);
    const ended = once(engine, "exit");
    engine.kill("SIGKILL");
    await ended;
    // Ends when the program does; a program that stays makes this test hang until the limit of all tests.
    while (isRunning(pid)) await new Promise((resolve) => setImmediate(resolve));
  });
});
