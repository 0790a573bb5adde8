import { type ChildProcess, spawn } from "node:child_process";
import { expect } from "chai";
import { projectDir } from "../support/system.ts";

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a command in the project's folder; its end is that of everybody who can write to its output. */
function start([program = "", ...args]: readonly string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(program, args, { cwd: projectDir, env: withoutNpm() });
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
  it("--json deploys, takes events, and ends at Ctrl-C, also under npm and while standard input is open, without success and leaving nothing behind", async () => {
    const npm = ["npm", "start", "--silent", "--", "--once", "--json", "--input", "-"];
    const { child, ended } = start(npm);
    const first = await new Promise<string>((resolve) => child.stdout?.once("data", (chunk) => resolve(String(chunk))));
    const ready = JSON.parse(first) as Record<string, unknown>;
    expect(ready).to.have.all.keys("type", "gatewayUrl", "apiKey", "accounts", "outputs");
    const sent = await fetch(`${ready["gatewayUrl"]}/events`, {
      method: "POST",
      headers: { "x-api-key": String(ready["apiKey"]), "content-type": "application/json" },
      body: '{"n":1}',
    });
    expect(sent.status).to.equal(200);
    child.kill("SIGINT");
    const { code, stdout, stderr } = await ended;
    child.stdin?.destroy();
    expect(stdout.trim().split("\n"), "JSON lines only").to.have.length(1);
    expect(stderr).not.to.contain("Warning");
    expect(stderr.trim().split("\n").at(-1)).to.match(
      /^stopped by SIGINT before everything had arrived: 0 events sent, 1 in the stream, [01] stored, 0 parked, .*Nothing is proved. Exit code 130.$/,
    );
    expect(code).to.equal(130);
  });

  it("ends silently when its output is closed, as by SIGPIPE", async () => {
    const { child, ended } = start([process.execPath, "load-typescript.mjs", "local/run/main.ts", "--once"]);
    child.stdout?.once("data", () => child.stdout?.destroy());
    const { code, stdout, stderr } = await ended;
    expect(stdout).to.equal("Tributary: starting the local cloud, for both accounts.\n");
    expect(stderr).to.equal("");
    expect(code).to.equal(141);
  });

  it("ends when the npm that started it is killed", async () => {
    // The parent of the process, as npm is; both write to one pipe, which closes when both have ended.
    const npm = spawn("sh", ["-c", "node load-typescript.mjs local/run/main.ts --empty & wait"], {
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
    expect(output.split("\n")).to.include("stopped");
  });
});

/** The environment of a shell: this test's own npm would count as the one that starts. */
function withoutNpm(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_")));
}
