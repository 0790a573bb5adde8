import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { projectDir } from "../support/system.ts";

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm start -- …` without npm: the same command line. */
function start(args: readonly string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, ["--import", "tsx/esm", "local/run/main.ts", ...args], { cwd: projectDir });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve) => child.once("close", (code) => resolve({ code, stdout, stderr })));
  return { child, ended };
}

describe("npm start", () => {
  const folder = mkdtempSync(join(tmpdir(), "tributary-start-"));
  after(() => rmSync(folder, { recursive: true }));

  it("--json reads standard input, prints JSON lines only, names the refused lines, keeps the buckets in --data-dir, stays up, and ends cleanly at Ctrl-C", async () => {
    const { child, ended } = start(["--json", "--input", "-", "--data-dir", folder]);
    child.stderr?.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes("Ctrl-C ends them")) child.kill("SIGINT");
    });
    child.stdin?.end('{"n":1}\n\nnot json\n{"n":2}\n[3]\n');
    const { code, stdout, stderr } = await ended;
    const [ready, ledger, ...more] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(more).to.deep.equal([]);
    expect(ready).to.include({ type: "ready" });
    expect(ready).to.have.all.keys("type", "gatewayUrl", "apiKey", "accounts", "outputs");
    expect(ready?.["gatewayUrl"]).to.match(/^http:\/\/127\.0\.0\.1:\d+\/_aws\/execute-api\/\w+\/v1$/);
    const accounts = ready?.["accounts"] as Record<string, string>[];
    expect(accounts.map(({ name, accountId, region }) => [name, accountId, region])).to.deep.equal([
      ["prod", "111111111111", "us-east-1"],
      ["poc", "222222222222", "us-east-1"],
    ]);
    for (const account of accounts)
      expect(account).to.include.all.keys("endpointUrl", "accessKeyId", "secretAccessKey");
    const outputs = ready?.["outputs"] as Record<string, Record<string, unknown>>;
    expect(outputs["prod"]?.["apiKey"]).to.equal("[secret]");
    expect(outputs["poc"]?.["tableName"]).to.be.a("string");
    expect(ledger).to.deep.equal({
      type: "ledger",
      sent: 4,
      accepted: 2,
      refused: 2,
      unacknowledged: 0,
      changed: 0,
      stored: 2,
      parked: 0,
      archived: 2,
      lost: 0,
      result: "refused",
      exitCode: 2,
      open: [],
    });
    expect(stderr).to.match(/line 3: refused with 400: .*\n.*line 5: refused with 400/);
    expect(stderr).not.to.contain("Warning");
    expect(stderr.trim().split("\n").at(-1)).to.equal(
      "stopped. Every sum closes, but 2 of 4 events were refused. If that is expected: --allow-refused. Exit code 2.",
    );
    expect(code).to.equal(2);
    expect(readdirSync(join(folder, "222222222222"))).to.have.length(1);
  });

  it("--once that Ctrl-C ends says how far it came, also under npm and while standard input is open, is no success, and leaves nothing behind", async () => {
    const child = spawn("npm", ["start", "--silent", "--", "--once", "--input", "-"], {
      cwd: projectDir,
      env: withoutNpm(),
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes("To send an event yourself") && !child.killed) child.kill("SIGINT");
      });
    }
    // Closed is the output only when everybody who could write to it has ended: npm, and the cloud.
    const code = await new Promise((resolve) => child.once("close", resolve));
    child.stdin.destroy();
    expect(output.trim().split("\n").at(-1)).to.equal(
      "stopped by SIGINT before everything had arrived: 0 events sent, 0 in the stream, 0 stored, 0 parked, 0 still open. Nothing is proved. Exit code 130.",
    );
    expect(code).to.equal(130);
  });

  it("ends silently when its output is closed, as by SIGPIPE", async () => {
    const { child, ended } = start(["--once"]);
    child.stdout?.once("data", () => child.stdout?.destroy());
    const { code, stdout, stderr } = await ended;
    expect(stdout).to.equal("Tributary: starting the local cloud, for both accounts.\n");
    expect(stderr).to.equal("");
    expect(code).to.equal(141);
  });

  it("ends when the npm that started it is killed", async () => {
    // The parent of the process, as npm is; both write to one pipe, which closes when both have ended.
    const npm = spawn("sh", ["-c", "node --import tsx/esm local/run/main.ts --empty & wait"], {
      cwd: projectDir,
      env: { ...process.env, npm_lifecycle_script: "exec node local/run/main.ts" },
    });
    let output = "";
    for (const stream of [npm.stdout, npm.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes("Tributary: starting")) npm.kill("SIGKILL");
      });
    }
    await new Promise((resolve) => npm.once("close", resolve));
    expect(output).to.contain("npm has ended without ending what it started: this ends too.\n");
    expect(output.trim().split("\n").at(-1)).to.equal("stopped");
  });
});

/** The environment of a shell: this test's own npm would count as the one that starts. */
function withoutNpm(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_")));
}
