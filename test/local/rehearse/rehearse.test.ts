import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { ClockMode } from "../../../local/kernel/clock.ts";
import { UserError } from "../../../local/kernel/errors.ts";
import { RehearsalEngine } from "../../../local/rehearse/options.ts";
import {
  type Rehearsal,
  type RehearsalPlace,
  type RehearsalRequest,
  rehearse,
} from "../../../local/rehearse/rehearse.ts";
import { summaryLines, summaryMarkdown } from "../../../local/rehearse/summary.ts";
import { testRegistry } from "../../fixtures/engine/registry.ts";
import { failureOf } from "../../support/failure-of.ts";
import { startInProcess } from "../../support/in-process.ts";
import { recordedOutput } from "../../support/recorded-output.ts";
import { type FakeCall, FakePulumi } from "./fake-pulumi.ts";
import { needGit, TemporaryProject } from "./temporary-project.ts";

describe("a rehearsal", () => {
  const clouds: Cloud[] = [];
  const projects: TemporaryProject[] = [];
  before(function () {
    needGit(this);
  });
  after(async () => {
    for (const cloud of clouds) await cloud.close();
    for (const project of projects) project.remove();
  });

  function temporaryProject(): TemporaryProject {
    const project = new TemporaryProject();
    projects.push(project);
    return project;
  }

  /** Rehearses the project's change; what was said on the way is in `lines`. */
  async function run(project: TemporaryProject, request: Partial<RehearsalRequest> = {}) {
    const cloud = new Cloud({ clockMode: ClockMode.Manual });
    clouds.push(cloud);
    const lines: string[] = [];
    const places: RehearsalPlace[] = [];
    const say = (text = "") => lines.push(text);
    const rehearsal = await rehearse({
      cloud,
      projectDir: project.directory,
      stacks: ["first", "second"],
      base: "main",
      engine: RehearsalEngine.Embedded,
      output: { ...recordedOutput(), line: say, progress: (text) => say(text) > 0 },
      stop: new AbortController().signal,
      embedded: { registry: testRegistry(), start: startInProcess },
      beforeRemoval: async (_, place) => void places.push(place),
      ...request,
    });
    return { rehearsal, lines, place: places[0] as RehearsalPlace };
  }

  const stackOf = (rehearsal: Rehearsal, name: string) => rehearsal.stacks.find(({ stack }) => stack === name);

  describe("with the embedded engine", () => {
    let project: TemporaryProject;
    let found: Awaited<ReturnType<typeof run>>;
    before(async () => {
      project = temporaryProject();
      project.write("first.json", {
        steady: { note: "same" },
        changed: { note: "before", size: 1 },
        replaced: { settings: { key: "before" } },
        removed: {},
        secretive: { secret: "hunter2" },
      });
      project.write("second.json", { only: { note: "same" } });
      project.commit();
      project.write("first.json", {
        steady: { note: "same" },
        changed: { note: "after", size: 2 },
        replaced: { settings: { key: "after" } },
        added: {},
        secretive: { secret: "hunter3" },
      });
      found = await run(project);
    });

    it("says what a change that is not committed yet creates, updates, replaces and deletes, and in which properties", () => {
      const { preview, failure } = stackOf(found.rehearsal, "first") ?? {};
      expect(failure).to.equal(undefined);
      expect(preview?.counts).to.deep.equal({ create: 1, update: 2, replace: 1, delete: 1, same: 2 });
      const changes = preview?.changes.map(({ kind, type, name, properties, replaces }) => ({
        what: `${kind} ${type} ${name}`,
        properties,
        replaces,
      }));
      const none = { properties: [], replaces: [] };
      expect(changes).to.have.deep.members([
        { what: "create aws:test/thing:Thing added", ...none },
        { what: "update aws:test/thing:Thing changed", properties: ["note", "size"], replaces: [] },
        { what: "update aws:test/thing:Thing secretive", properties: ["note"], replaces: [] },
        { what: "replace aws:test/thing:Thing replaced", properties: ["settings"], replaces: ["settings"] },
        { what: "delete aws:test/thing:Thing removed", ...none },
      ]);
      expect(preview?.changes.find(({ name }) => name === "replaced")?.values).to.deep.equal([
        { path: "settings.key", before: '"before"', after: '"after"' },
      ]);
    });

    it("says of a stack in which nothing changes that nothing changes", () => {
      expect(stackOf(found.rehearsal, "second")?.preview).to.deep.equal({
        counts: { create: 0, update: 0, replace: 0, delete: 0, same: 2 },
        changes: [],
      });
      expect(summaryMarkdown(found.rehearsal)).to.match(/### second\n\nNothing changes\.\n/);
      expect(summaryLines(found.rehearsal)).to.include("second: nothing changes (2 resources)");
      expect(found.rehearsal.isComplete).to.equal(true);
    });

    it("writes the change as a summary, the replacement with its reason", () => {
      const summary = summaryMarkdown(found.rehearsal);
      expect(summary).to.contain(
        `Deployed from main (${project.git("rev-parse", "--short=10", "HEAD")}), previewed from the working tree at`,
      );
      expect(summary).to.contain("with changes that are not committed, with the embedded engine.");
      expect(summary).to.contain("| stack | create | update | replace | delete | same |");
      expect(summary).to.contain("| **first** | 1 | 2 | 1 | 1 | 2 |");
      expect(summary).to.contain(
        '| `changed` | aws:test:Thing | update | `note` `"before"` → `"after"`<br>`size` `1` → `2` |',
      );
      expect(summary).to.contain(
        '| `replaced` | aws:test:Thing | **replace** | replaced because of `settings`<br>`settings.key` `"before"` → `"after"` |',
      );
      expect(summary).to.contain("| `removed` | aws:test:Thing | delete |  |");
    });

    it("shows no secret", () => {
      const { rehearsal, lines } = found;
      const everything = [JSON.stringify(rehearsal), summaryMarkdown(rehearsal), summaryLines(rehearsal), lines].join();
      expect(everything).to.contain("secretive").and.not.to.contain("hunter");
    });

    it("leaves the working tree as it is, and nothing of its own behind", () => {
      expect(project.git("status", "--porcelain")).to.equal("M first.json");
      expect(project.leftWorktrees).to.deep.equal([]);
      expect(existsSync(found.place.baseDir)).to.equal(false);
    });
  });

  it("says which stack could not be deployed from the base, and why, and cleans up", async () => {
    const project = temporaryProject();
    project.commit();
    const { rehearsal, place } = await run(project, { stacks: ["third", "first"] });
    expect(rehearsal.isComplete).to.equal(false);
    const message = "error: no stack named 'third' found; the project has 'first', 'second'";
    expect(rehearsal.stacks).to.deep.equal([
      { stack: "third", failure: { step: "up", message } },
      { stack: "first", failure: { step: "not tried", message: "third was not brought up" } },
    ]);
    const summary = summaryMarkdown(rehearsal);
    expect(summary).to.contain(
      `### third\n\n**could not be deployed from the base**\n\n\`\`\`text\n${message}\n\`\`\``,
    );
    expect([project.leftWorktrees, existsSync(place.baseDir)]).to.deep.equal([[], false]);
  });

  it("ends at Ctrl-C in the middle of a deployment, and cleans up", async () => {
    const project = temporaryProject();
    project.write("first.json", { any: {} });
    project.commit();
    const stop = new AbortController();
    const folders: string[] = [];
    const output = {
      ...recordedOutput(),
      progress(text: string) {
        if (!text.startsWith("deploying first:")) return false;
        folders.push(...project.leftWorktrees);
        stop.abort(new UserError("stopped"));
        return true;
      },
    };
    expect(await failureOf(run(project, { stop: stop.signal, output }))).to.equal("stopped");
    expect(folders.length).to.be.greaterThan(0);
    expect([project.leftWorktrees, ...folders.map(existsSync)]).to.deep.equal([[], ...folders.map(() => false)]);
  });

  describe("with the pulumi CLI", () => {
    const folder = mkdtempSync(join(tmpdir(), "tributary-fake-"));
    const pulumi = new FakePulumi(folder);
    after(() => {
      pulumi.uninstall();
      rmSync(folder, { recursive: true });
    });

    const users = { PULUMI_ACCESS_TOKEN: "token", PULUMI_CONFIG_PASSPHRASE: "mine", AWS_SECRET_ACCESS_KEY: "key" };
    let project: TemporaryProject;
    let stackFile: string;
    let found: Awaited<ReturnType<typeof run>>;
    let calls: readonly FakeCall[];
    before(async () => {
      pulumi.install();
      project = temporaryProject();
      const plain = readFileSync(join(project.directory, "Pulumi.first.yaml"), "utf8");
      project.write("Pulumi.first.yaml", `secretsprovider: awskms://alias/state\nencryptedkey: a2V5\n${plain}`);
      project.commit();
      stackFile = `${plain}  rehearsed:added: "here"\nencryptionsalt: v1:salt\n`;
      project.write("Pulumi.first.yaml", stackFile);
      pulumi.behave({ version: "v3.270.1" });
      Object.assign(process.env, users);
      found = await run(project, { engine: undefined }).finally(() => {
        for (const name of Object.keys(users)) delete process.env[name];
      });
      calls = pulumi.calls();
    });

    it("brings the stacks up in the base's checkout, previews them in the head's, and reads what the CLI found", () => {
      const { rehearsal, place } = found;
      expect(calls.map(({ args, cwd }) => [args.slice(0, 2).join(" "), cwd])).to.deep.equal([
        ["version", place.baseDir],
        ...["first", "second"].flatMap(() => [
          ["stack init", place.baseDir],
          ["up --stack", place.baseDir],
        ]),
        ["preview --stack", project.directory],
        ["preview --stack", project.directory],
      ]);
      expect(rehearsal.engine).to.equal("pulumi 3.270.1");
      expect(rehearsal.stacks.map(({ preview }) => preview?.counts)).to.deep.equal(
        Array(2).fill({ create: 1, delete: 6, replace: 1, same: 32, update: 1 }),
      );
      expect(summaryMarkdown(rehearsal)).to.contain(
        "<summary>pulumi preview --diff --stack first</summary>\n\n```diff\nPreviewing",
      );
      expect(found.lines).to.include("deploying first: aws:test:Thing one created (0.1s)");
    });

    it("gives the CLI stack files without a secrets provider, and leaves those of the head as they are", () => {
      const [, init, , , , preview] = calls;
      for (const call of [init, preview]) {
        expect(call?.stackFile)
          .to.contain("aws:region")
          .and.not.to.match(/secretsprovider|encryptedkey|encryptionsalt/);
      }
      expect(preview?.stackFile).to.contain("rehearsed:added");
      expect(preview?.args[preview.args.indexOf("--config-file") + 1]).to.not.contain(project.directory);
      expect(readFileSync(join(project.directory, "Pulumi.first.yaml"), "utf8")).to.equal(stackFile);
    });

    it("gives it a backend, a passphrase and a home of its own, a provider for each side, and nothing of the user's", () => {
      const [version, ...others] = calls;
      expect(version?.env).to.not.have.any.keys(...Object.keys(users));
      for (const { env } of others) {
        expect(env).to.include.keys("PULUMI_DEBUG_PROVIDERS", "PULUMI_HOME", "PULUMI_CONFIG_PASSPHRASE_FILE");
        expect(env["PULUMI_BACKEND_URL"]).to.match(/^file:\/\/.*tributary-rehearse-/);
        expect(env).to.not.have.any.keys(...Object.keys(users));
        expect(existsSync(env["PULUMI_HOME"] ?? "")).to.equal(false);
      }
      expect(new Set(others.map(({ env }) => env["PULUMI_DEBUG_PROVIDERS"])).size).to.equal(2);
    });

    it("tells the CLI's own words when it fails, of each preview", async () => {
      pulumi.behave({ failing: "preview", words: "error: the program has a mistake" });
      const { rehearsal } = await run(project, { engine: RehearsalEngine.Pulumi });
      expect(rehearsal.stacks.map(({ stack, failure }) => [stack, failure])).to.deep.equal(
        ["first", "second"].map((stack) => [stack, { step: "preview", message: "error: the program has a mistake" }]),
      );
      expect([rehearsal.isComplete, project.leftWorktrees]).to.deep.equal([false, []]);
    });

    it("does without one that is too old, and says so; but not when it was asked for", async () => {
      pulumi.behave({ version: "v3.259.9" });
      const failure = await failureOf(run(project, { engine: RehearsalEngine.Pulumi }));
      expect(failure).to.contain("3.259.9").and.contain("3.260 or later, from https://www.pulumi.com/docs/install/");
      const { rehearsal } = await run(project, { engine: undefined, stacks: ["third"] });
      expect(rehearsal.engine).to.equal("the embedded engine");
      expect(rehearsal.notes.join()).to.contain("the pulumi CLI on the PATH is 3.259.9");
    });
  });
});
