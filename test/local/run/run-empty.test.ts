import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as grpc from "@grpc/grpc-js";
import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { Empty, type pluginMessages, providerServices } from "../../../local/kernel/pulumi-protocol.ts";
import { parseOptions } from "../../../local/run/options.ts";
import { runEmpty } from "../../../local/run/run.ts";
import { failureOf } from "../../support/failure-of.ts";
import { recordedOutput } from "../../support/recorded-output.ts";

const projectDir = fileURLToPath(new URL("../../..", import.meta.url));

describe("npm run local", () => {
  const folder = mkdtempSync(join(tmpdir(), "tributary-local-"));
  const envFile = join(folder, "environment");
  const cloud = new Cloud();
  const stop = new AbortController();
  const output = recordedOutput();
  const { lines } = output;
  let ended: Promise<number>;

  before(async () => {
    const options = parseOptions(["--empty", "--env-file", envFile, "--backend", join(folder, "state")]);
    await new Promise<void>((resolve) => {
      ended = runEmpty({ cloud, options, projectDir, output, stop: stop.signal }, resolve);
    });
  });
  after(async () => {
    await cloud.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("prints the environment of the pulumi CLI as the file has it, and of the AWS CLI in both accounts", () => {
    const environment = readFileSync(envFile, "utf8").trim().split("\n");
    expect(environment).to.have.length(5);
    expect(lines.map((line) => line.trim())).to.include.members(environment);
    const text = lines.join("\n");
    for (const account of cloud.accounts.list()) {
      expect(text).to.contain(`AWS_ACCESS_KEY_ID=${account.administrator.credentials.accessKeyId}`);
    }
    expect(cloud.accounts.list()).to.have.length(2);
  });

  it("serves the provider where the file says", async () => {
    const [, port] = /PULUMI_DEBUG_PROVIDERS=aws:(\d+)/.exec(readFileSync(envFile, "utf8")) ?? [];
    const { ResourceProviderClient } = providerServices;
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    const info = await new Promise<InstanceType<typeof pluginMessages.PluginInfo>>((resolve, reject) => {
      client.getPluginInfo(new Empty(), (error, answer) => (error ? reject(error) : resolve(answer)));
    });
    client.close();
    expect(info.getVersion()).to.match(/^7\.\d+\.\d+$/);
  });

  it("fails with the reason, and closes its port, when the file cannot be written", async () => {
    const other = new Cloud();
    const options = parseOptions(["--empty", "--env-file", folder]);
    const run = runEmpty({
      cloud: other,
      options,
      projectDir,
      output: recordedOutput(),
      stop: new AbortController().signal,
    });
    expect(await failureOf(run)).to.contain(`--env-file ${folder} cannot be written: EISDIR`);
    await other.close();
  });

  it("says at the start that the provider's port is open to others, but on Linux", async () => {
    const said = lines.filter((line) => line.includes("open to all users"));
    expect(said).to.have.length(process.platform === "linux" ? 0 : 1);
    for (const platform of ["darwin", "win32", "linux"] as const) {
      const other = new Cloud();
      const elsewhere = recordedOutput();
      const stopped = new AbortController();
      const options = parseOptions(["--empty"]);
      const context = { cloud: other, options, projectDir, output: elsewhere, stop: stopped.signal };
      await runEmpty(context, () => stopped.abort(), platform);
      await other.close();
      expect(elsewhere.lines.filter((line) => line.includes("open to all users of this machine"))).to.have.length(
        platform === "linux" ? 0 : 1,
      );
    }
  });

  it("removes the file when it ends", async () => {
    stop.abort();
    expect(await ended).to.equal(0);
    expect(existsSync(envFile)).to.equal(false);
    expect(lines.at(-1)).to.equal("stopped");
  });
});
