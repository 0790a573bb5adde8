import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { UserError } from "../../../local/kernel/errors.ts";
import {
  hasState,
  pulumiEnvironment,
  removeEnvFile,
  serveProvider,
  shellLines,
  writeEnvFile,
} from "../../../local/run/pulumi-access.ts";
import { failureOf } from "../../support/failure-of.ts";

describe("the environment for the pulumi CLI", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tributary-access-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("has the provider's port, and a backend only on request", () => {
    expect(pulumiEnvironment(4700)).to.deep.equal({
      PULUMI_DEBUG_PROVIDERS: "aws:4700",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    });
  });

  it("is a file backend with one passphrase for all runs, which only its owner can read", () => {
    const backend = join(folder, "the backend");
    const first = pulumiEnvironment(1, backend);
    expect(first.PULUMI_BACKEND_URL).to.equal(`file://${folder}/the%20backend`);
    const passphraseFile = first.PULUMI_CONFIG_PASSPHRASE_FILE ?? "";
    const passphrase = readFileSync(passphraseFile, "utf8");
    expect(passphrase).to.match(/^[\w-]{32}$/);
    expect(statSync(passphraseFile).mode & 0o777).to.equal(0o600);
    expect(pulumiEnvironment(1, backend)).to.deep.equal(first);
    expect(readFileSync(passphraseFile, "utf8")).to.equal(passphrase);
    expect(Object.values(first)).to.not.include(passphrase);
    expect(hasState(backend)).to.equal(false);
  });

  it("says so, and does not hang, where nothing can be written", () => {
    expect(() => writeEnvFile("/proc/nowhere/environment", { A: "b" })).to.throw(
      /^--env-file \/proc\/nowhere\/environment cannot be written: E[A-Z]+/,
    );
    expect(() => pulumiEnvironment(1, "/proc/nowhere")).to.throw(/^--backend \/proc\/nowhere cannot be used: E[A-Z]+/);
  });

  it("refuses a backend that is no folder, and says how to use it", () => {
    expect(() => pulumiEnvironment(1, "s3://states")).to.throw(
      '--backend is "s3://states", allowed is a folder such as .tributary/backend. For another backend leave the option out and type: pulumi login s3://states',
    );
  });

  it("is removed only by the run that wrote it", () => {
    const file = join(folder, "environment");
    writeEnvFile(file, { A: "first" });
    writeEnvFile(file, { A: "second" });
    removeEnvFile(file, { A: "first" });
    expect(readFileSync(file, "utf8")).to.equal("export A=second\n");
    removeEnvFile(file, { A: "second" });
    expect(existsSync(file)).to.equal(false);
    removeEnvFile(file, { A: "second" });
  });

  it("says that it cannot be written, also below a file", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(() => writeEnvFile(join(file, "x"), { A: "b" })).to.throw(
      UserError,
      `--env-file ${join(file, "x")} cannot be written: ENOTDIR`,
    );
  });

  it("says which option to change when the backend's folder is a file", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(() => pulumiEnvironment(1, file)).to.throw(UserError, `--backend ${file} cannot be used: ENOTDIR`);
  });

  it("is written as lines that a shell reads, whole or not at all", () => {
    const file = join(folder, "below", "environment");
    writeEnvFile(file, { PLAIN: "aws:1", QUOTED: "it's a $path" });
    expect(readFileSync(file, "utf8")).to.equal("export PLAIN=aws:1\nexport QUOTED='it'\\''s a $path'\n");
    expect(shellLines({ A: "b" })).to.deep.equal(["export A=b"]);
    expect(() => writeEnvFile(folder, { A: "b" })).to.throw(`--env-file ${folder} cannot be written: EISDIR`);
    expect(existsSync(`${folder}.${process.pid}`)).to.equal(false);
  });

  it("says which option to change when the provider's port is taken", async () => {
    const taken = createServer();
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, "127.0.0.1", () => resolve((taken.address() as { port: number }).port));
    });
    const cloud = new Cloud();
    expect(await failureOf(serveProvider(cloud, port, folder))).to.equal(
      `--provider-port ${port} is in use: choose another, or leave the option out for any free one`,
    );
    taken.close();
    await cloud.close();
  });
});
