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
  const child = spawn(process.execPath, ["--import", "tsx/esm", "local/main.ts", ...args], { cwd: projectDir });
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
    });
    expect(stderr).to.match(/line 3: refused with 400: .*\n.*line 5: refused with 400/);
    expect(stderr).to.contain("Every sum closes: nothing lost.").and.not.to.contain("Warning");
    expect(code).to.equal(0);
    expect(readdirSync(join(folder, "222222222222"))).to.have.length(1);
  });

  it("a mistake on the command line ends at once with what is allowed, exit code 1 and no stack", async () => {
    const { code, stdout, stderr } = await start(["--once", "--input", "/nowhere.jsonl"]).ended;
    expect(stderr).to.contain('there is no file "/nowhere.jsonl"').and.contain("JSON lines, plain or .gz");
    expect(stderr).not.to.match(/^\s+at /m);
    expect([code, stdout]).to.deep.equal([1, ""]);
  });
});
