import { join } from "node:path";
import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { Engine } from "../../../local/engine/engine.ts";
import type { ProgramEnd, StartProgram } from "../../../local/engine/program.ts";
import { localProviders } from "../../../local/provider/local-provider.ts";
import { testRegistry } from "../../fixtures/engine/registry.ts";
import { failureOf } from "../../support/failure-of.ts";
import { startInProcess } from "../../support/in-process.ts";

const projectDir = join(import.meta.dirname, "../../fixtures/engine");

describe("a program that is started before its deployment", () => {
  const cloud = new Cloud();
  after(() => cloud.close());
  let log: string[];
  beforeEach(() => {
    log = [];
  });

  function engineWith(start: StartProgram, program = "source") {
    return new Engine({
      newProvider: localProviders(cloud, testRegistry()),
      projectDir,
      configOverrides: { dev: { program } },
      start: (calls, options) => {
        log.push(`started ${options.stack}`);
        return start(calls, options);
      },
      onEvent: ({ action, type }) => log.push(`${action} ${type}`),
      onOutput: (text, { severity }) => log.push(`${severity}: ${text}`),
    });
  }

  /** Prints and logs at once, then waits to be killed. */
  const talkative: StartProgram = async (calls, { onLine }) => {
    onLine("stdout", "a line");
    calls.log({ severity: "warning", message: "a warning", urn: "" });
    let kill: () => void = () => undefined;
    const ended = new Promise<ProgramEnd>((resolve) => {
      kill = () => resolve({ code: null, signal: "SIGKILL" });
    });
    const killed = () => {
      log.push("killed");
      kill();
    };
    return { pid: undefined, ended, kill: killed, close: () => log.push("closed") };
  };

  it("is the one that is deployed then, and nothing happens before", async () => {
    const engine = engineWith(startInProcess);
    engine.startEarly("dev");
    engine.startEarly("dev");
    await new Promise((resolve) => setImmediate(resolve));
    expect(log).to.deep.equal(["started dev"]);
    await engine.up("dev");
    expect(log.slice(0, 2)).to.deep.equal(["started dev", "created pulumi:pulumi:Stack"]);
    expect(log).to.include("created aws:test/thing:Thing");
    expect(log.filter((line) => line === "started dev")).to.have.length(1);
  });

  it("is not used for a second deployment, nor for a preview", async () => {
    const engine = engineWith(startInProcess);
    engine.startEarly("dev");
    await engine.preview("dev");
    await engine.up("dev");
    await engine.up("dev");
    expect(log.filter((line) => line === "started dev")).to.have.length(3);
  });

  it("has its output and messages shown when the deployment begins", async () => {
    const engine = engineWith(talkative);
    engine.startEarly("dev");
    await new Promise((resolve) => setImmediate(resolve));
    expect(log).to.deep.equal(["started dev"]);
    const failure = failureOf(engine.up("dev"));
    await new Promise((resolve) => setImmediate(resolve));
    expect(log).to.deep.equal(["started dev", "info: a line", "warning: a warning"]);
    await engine.close();
    await failure;
  });

  it("is killed with the engine", async () => {
    const engine = engineWith(talkative);
    engine.startEarly("dev");
    await engine.close();
    expect(log).to.deep.equal(["started dev", "killed", "closed"]);
  });

  it("fails its deployment when it cannot be started", async () => {
    const engine = engineWith(async () => {
      throw new Error("no SDK");
    });
    engine.startEarly("dev");
    expect(await failureOf(engine.up("dev"))).to.equal("error: no SDK");
  });

  it("leaves mistakes in the project's files to the deployment", async () => {
    const engine = engineWith(startInProcess);
    engine.startEarly("nowhere");
    expect(await failureOf(engine.up("nowhere"))).to.contain("no stack named 'nowhere' found");
  });
});
