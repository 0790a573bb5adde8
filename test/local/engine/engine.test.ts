import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { Engine, type StackResult } from "../../../local/engine/engine.ts";
import type { EngineEvent } from "../../../local/engine/events.ts";
import { localProviders } from "../../../local/provider/local-provider.ts";
import { UNKNOWN } from "../../../local/resource-types/wire-values.ts";
import { type TestRegistry, testRegistry } from "../../fixtures/engine/registry.ts";
import { failureOf } from "../../support/failure-of.ts";
import { startInProcess } from "../../support/in-process.ts";

const projectDir = join(import.meta.dirname, "../../fixtures/engine");
const cloud = new Cloud();

interface Spec {
  readonly name: string;
  readonly args?: Readonly<Record<string, unknown>>;
  readonly [option: string]: unknown;
}

/** An engine whose stack `dev` is changed by giving it other things. */
function thingsEngine(registry: TestRegistry, events: string[] = []) {
  const overrides: Record<string, Record<string, string>> = { dev: { program: "things" } };
  const onEvent = ({ action, name }: EngineEvent) => events.push(`${action} ${name}`);
  const engine = new Engine({
    newProvider: localProviders(cloud, registry),
    projectDir,
    configOverrides: overrides,
    onEvent,
    start: startInProcess,
  });
  const use = (things: readonly Spec[]) => {
    overrides.dev = { program: "things", things: JSON.stringify(things) };
    return engine;
  };
  return {
    engine,
    up: (things: readonly Spec[]) => use(things).up("dev"),
    preview: (things: readonly Spec[]) => use(things).preview("dev"),
  };
}

const urn = (name: string, types = "aws:test/thing:Thing") => `urn:pulumi:dev::fixture::${types}::${name}`;

function resource(result: StackResult, name: string) {
  const found = result.resources.find((candidate) => candidate.urn.endsWith(`::${name}`));
  if (!found) throw new Error(`no resource ${name}`);
  return found;
}

describe("the embedded engine", () => {
  after(() => cloud.close());

  describe("runs a program in a process of its own", () => {
    const registry = testRegistry();
    const lines: string[] = [];
    let result: StackResult;
    before(async () => {
      const configOverrides = { dev: { program: "whole", prints: "true" } };
      const onOutput = (text: string, origin: { source: string; severity: string }) =>
        lines.push(`${origin.source} ${origin.severity}: ${text}`);
      const engine = new Engine({
        newProvider: localProviders(cloud, registry),
        projectDir,
        configOverrides,
        onOutput,
      });
      result = await engine.up("dev");
    });

    it("gives every resource the URN that Pulumi gives it, and its parents' types with it", () => {
      expect(result.resources.map((state) => state.urn)).to.have.members([
        urn("fixture-dev", "pulumi:pulumi:Stack"),
        urn("outer", "test:index:Group"),
        urn("outer-inner", "test:index:Group$aws:test/thing:Thing"),
        urn("nested", "test:index:Group$test:index:Group"),
        urn("nested-inner", "test:index:Group$test:index:Group$aws:test/thing:Thing"),
        urn("secretive"),
        urn("marked"),
        urn("coded"),
        urn("elsewhere", "pulumi:providers:aws"),
        urn("remote", "test:index:Group"),
        urn("remote-inner", "test:index:Group$aws:test/thing:Thing"),
        urn("read"),
      ]);
      expect(result.summary).to.deep.equal({ created: 11, updated: 0, replaced: 0, deleted: 0, same: 0 });
    });

    it("generates names that the program does not give, and fills in defaults", () => {
      const { id, inputs } = resource(result, "marked");
      expect(id).to.match(/^marked-[0-9a-f]{7}$/);
      expect(inputs).to.deep.equal({ name: id, note: "marked", size: 1, __defaults: ["name"] });
    });

    it("keeps secrets secret: in place, to the outputs, and unwrapped only for the service", () => {
      const { id, inputs, outputs } = resource(result, "secretive");
      const secret = { secret: true, value: "hunter2" };
      expect(inputs).to.deep.include({ note: secret, settings: { key: secret, plain: "seen" } });
      expect(outputs).to.deep.include({ note: secret, settings: { key: secret, plain: "seen" } });
      expect(registry.things.get(id)?.inputs).to.deep.include({
        note: "hunter2",
        settings: { key: "hunter2", plain: "seen" },
      });
      expect(result.outputs.secretNote).to.deep.equal(secret);
      expect(result.outputs.settings).to.deep.equal({ secret: true, value: { key: "hunter2", plain: "seen" } });
      expect(result.outputs.markedNote).to.deep.equal({ secret: true, value: "marked" });
      expect(result.outputs.list).to.deep.equal([1, "two", { three: secret }]);
    });

    it("passes archives with their files, and keeps their hash", () => {
      const { id, inputs } = resource(result, "coded");
      expect(registry.things.get(id)?.files).to.have.members(["index.js", "thing.js"]);
      expect(inputs.code)
        .to.have.property("hash")
        .that.matches(/^[0-9a-f]{64}$/);
    });

    it("creates resources with the stack's default provider, or the one that they inherit", () => {
      expect(result.outputs.nestedArn).to.match(/^arn:aws:test:us-east-1:111111111111:thing\/nested-inner-/);
      expect(result.outputs.remoteArn).to.match(/^arn:aws:test:eu-west-1:333333333333:thing\/remote-inner-/);
    });

    it("answers invokes and reads, and lets the program catch an invoke that fails", () => {
      expect(result.outputs.asked).to.equal("here is us-east-1");
      expect(result.outputs.askedThere).to.deep.equal({ secret: true, value: "hunter2 is eu-west-1" });
      expect(result.outputs.caught).to.equal(
        "invocation of aws:test/getNothing:getNothing returned an error: The local cloud does not support the function " +
          "aws:test/getNothing:getNothing. It supports: aws:test/getWhere:getWhere.",
      );
      expect(result.outputs.readArn).to.equal("arn:aws:test:us-east-1:111111111111:thing/an-existing-thing");
    });

    it("keeps the registered outputs of components", () => {
      expect(resource(result, "nested").outputs).to.deep.equal({ innerArn: result.outputs.nestedArn });
    });

    it("passes on what the program prints and logs", () => {
      expect(lines).to.include.members([
        "stdout info: a line on stdout",
        "stderr info: a line on stderr",
        "log warning: a warning",
      ]);
    });
  });

  describe("deploys a stack again", () => {
    const registry = testRegistry();
    const events: string[] = [];
    const { engine, up } = thingsEngine(registry, events);
    /** What comes from one that is deleted before its replacement; its name and ARN stay what they are. */
    const ofNamed: readonly Spec[] = [
      { name: "part-of-named", args: { settings: { key: { of: "named", output: "name" } } } },
      { name: "part-of-part", args: { settings: { key: { of: "part-of-named", output: "arn" } } } },
      { name: "user-of-named", args: { note: { of: "named", output: "arn" } } },
    ];
    const first: readonly Spec[] = [
      { name: "steady", args: { note: "same" } },
      { name: "changed", args: { note: "before" } },
      { name: "replaced", args: { settings: { key: "before" } } },
      { name: "named", args: { name: "given-name", settings: { key: "before" } } },
      ...ofNamed,
      { name: "ignored", args: { note: "before", tags: { a: "1", b: "1" } } },
      { name: "insisted", args: { note: "before" } },
      { name: "old-name", args: { note: "same" } },
      { name: "removed", args: {} },
      { name: "removed-child", parent: "removed", args: { note: { of: "removed", output: "arn" } } },
      { name: "dependent", dependsOn: ["removed"] },
      { name: "retained", retainOnDelete: true },
    ];
    let made: StackResult;
    let again: StackResult;
    let changed: StackResult;
    const seen: Record<string, readonly string[]> = {};
    before(async () => {
      made = await up(first);
      const eventsBefore = events.length;
      again = await up(first);
      seen.again = events.slice(eventsBefore);
      const callsBefore = registry.calls.length;
      changed = await up([
        { name: "steady", args: { note: "same" } },
        { name: "changed", args: { note: "after" } },
        { name: "replaced", args: { settings: { key: "after" } } },
        { name: "named", args: { name: "given-name", settings: { key: "after" } } },
        ...ofNamed,
        { name: "ignored", args: { note: "after", tags: { a: "2", b: "2" } }, ignoreChanges: ["note", "tags.a"] },
        { name: "insisted", args: { note: "after" }, replaceOnChanges: ["note"] },
        { name: "new-name", args: { note: "same" }, aliases: [{ name: "old-name" }] },
      ]);
      seen.changed = registry.calls.slice(callsBefore);
    });

    it("changes nothing when the program is the same", () => {
      expect(again.summary).to.deep.equal({ created: 0, updated: 0, replaced: 0, deleted: 0, same: 15 });
      expect(again.changes).to.deep.equal([]);
      expect(again.outputs).to.deep.equal(made.outputs);
      expect(seen.again?.every((event) => event.startsWith("same "))).to.equal(true);
    });

    it("updates, replaces, deletes and keeps resources", () => {
      expect(changed.summary).to.deep.equal({ created: 0, updated: 2, replaced: 5, deleted: 4, same: 4 });
      expect(resource(changed, "changed").outputs).to.include({ note: "after", arn: made.outputs.changed });
      expect(resource(changed, "ignored").outputs).to.deep.include({ note: "before", tags: { a: "1", b: "2" } });
      expect(resource(changed, "insisted").id).to.not.equal(resource(made, "insisted").id);
      expect(resource(changed, "new-name").id).to.equal(resource(made, "old-name").id);
    });

    it("reports the changed properties of each resource, and those that force a replacement", () => {
      const changes = changed.changes.map(({ name, outcome, properties, replaces }) => [
        name,
        outcome,
        properties.join(),
        replaces.join(),
      ]);
      expect(changes).to.have.deep.members([
        ["changed", "updated", "note", ""],
        ["replaced", "replaced", "settings", "settings"],
        ["named", "replaced", "settings", "settings"],
        ["part-of-named", "replaced", "settings", "settings"],
        ["part-of-part", "replaced", "settings", "settings"],
        ["ignored", "updated", "tags", ""],
        ["insisted", "replaced", "note", "note"],
        ...["removed", "removed-child", "dependent", "retained"].map((name) => [name, "deleted", "", ""]),
      ]);
      const updated = changed.changes.find(({ name }) => name === "changed");
      expect([updated?.before?.note, updated?.after?.note]).to.deep.equal(["before", "after"]);
    });

    it("creates the replacement first, unless the old resource has its name", () => {
      const calls = seen.changed ?? [];
      expect(calls.indexOf("create replaced")).to.be.lessThan(calls.indexOf("delete replaced"));
      expect(calls.indexOf("delete named")).to.be.lessThan(calls.indexOf("create named"));
      expect(registry.things.get("given-name")?.inputs.settings).to.deep.equal({ key: "after" });
      expect(registry.things.has(resource(made, "replaced").id)).to.equal(false);
    });

    it("deletes dependents before a resource with deleteBeforeReplace, and creates them again after it", () => {
      const calls = seen.changed ?? [];
      const order = ["delete part-of-part", "delete part-of-named", "delete named"];
      order.push("create named", "create part-of-named", "create part-of-part");
      expect(calls.filter((call) => order.includes(call))).to.deep.equal(order);
      expect(calls).not.to.include("delete user-of-named");
      expect(registry.things.has(resource(changed, "part-of-named").id)).to.equal(true);
    });

    it("deletes dependencies last, and keeps resources with retainOnDelete", () => {
      const calls = seen.changed ?? [];
      const deleted = ["removed-child", "dependent", "removed"].map((name) => calls.indexOf(`delete ${name}`));
      expect(Math.min(...deleted)).to.be.greaterThan(-1);
      expect(deleted[2]).to.equal(Math.max(...deleted));
      expect(registry.things.has(resource(made, "retained").id)).to.equal(true);
    });

    it("destroys a stack in reverse order, and drops its outputs", async () => {
      const callsBefore = registry.calls.length;
      const summary = await engine.destroy("dev");
      expect(summary.deleted).to.equal(11);
      expect(registry.calls.slice(callsBefore).sort()).to.deep.equal(
        [
          ...["changed", "ignored", "insisted", "named", "new-name", "part-of-named", "part-of-part", "replaced"],
          ...["steady", "user-of-named"],
        ].map((name) => `delete ${name}`),
      );
      expect([...registry.things.keys()]).to.deep.equal([resource(made, "retained").id]);
      expect(engine.outputs("dev")).to.equal(undefined);
    });
  });

  describe("protects and previews", () => {
    const registry = testRegistry();
    const { engine, up, preview } = thingsEngine(registry);
    const message =
      `aws:test/thing:Thing (kept): error: resource "${urn("kept")}" cannot be deleted because it is protected. To unprotect the ` +
      "resource, remove the `protect` flag from the resource in your Pulumi program and deploy again";

    it("previews changes without making them", async () => {
      const made = await up([{ name: "kept", protect: true }, { name: "other" }]);
      const next = [{ name: "kept" }, { name: "other", args: { note: "new" } }, { name: "third" }];
      const { summary, outputs } = await preview(next);
      expect(summary).to.deep.equal({ created: 1, updated: 1, replaced: 0, deleted: 0, same: 2 });
      expect(outputs).to.deep.equal({ ...made.outputs, third: UNKNOWN });
      expect(engine.outputs("dev")).to.deep.equal(made.outputs);
      expect(registry.calls).to.have.members(["create kept", "create other"]);
    });

    it("previews another folder's project against the current stack", async () => {
      const elsewhere = mkdtempSync(join(tmpdir(), "tributary-engine-"));
      after(() => rmSync(elsewhere, { recursive: true }));
      cpSync(projectDir, elsewhere, { recursive: true });
      symlinkSync(join(projectDir, "../../../node_modules"), join(elsewhere, "node_modules"));
      writeFileSync(join(elsewhere, "package.json"), '{"type":"module"}');
      const project = readFileSync(join(projectDir, "Pulumi.yaml"), "utf8");
      writeFileSync(join(elsewhere, "Pulumi.yaml"), project.replace(/ {4}nodeargs.*\n/, ""));
      writeFileSync(
        join(elsewhere, "index.js"),
        'import { Thing } from "./thing.js";\nexport default () => { new Thing("kept", { note: "elsewhere" }, { protect: true }); new Thing("other"); };\n',
      );
      const { changes } = await engine.preview("dev", { projectDir: elsewhere });
      expect(changes.map(({ name, outcome, properties }) => [name, outcome, ...properties])).to.deep.equal([
        ["kept", "updated", "note"],
      ]);
      expect(registry.calls).to.have.members(["create kept", "create other"]);
    });

    it("refuses to replace a protected resource, also in a preview", async () => {
      const replaced = [{ name: "kept", protect: true, args: { settings: { key: "other" } } }, { name: "other" }];
      const refusal = `aws:test/thing:Thing (kept): error: unable to replace resource "${urn("kept")}" as it is currently marked for protection`;
      expect(await failureOf(preview(replaced))).to.equal(refusal);
      expect(await failureOf(up(replaced))).to.equal(refusal);
      expect(registry.calls).to.have.members(["create kept", "create other"]);
    });

    it("refuses to delete a protected dependent of what is deleted before its replacement, and deletes nothing", async () => {
      const things = testRegistry();
      const { up: deploy, preview: previewOf } = thingsEngine(things);
      const program = (key: string): readonly Spec[] => [
        { name: "named", args: { name: "given-name", settings: { key } } },
        { name: "open", args: { settings: { key: { of: "named", output: "name" } } } },
        { name: "kept", protect: true, args: { settings: { key: { of: "named", output: "name" } } } },
      ];
      await deploy(program("before"));
      const { calls } = things;
      const callsBefore = calls.length;
      const refusal = `aws:test/thing:Thing (named): error: unable to replace resource "${urn("kept")}" as it is currently marked for protection`;
      expect(await failureOf(previewOf(program("after")))).to.equal(refusal);
      expect(await failureOf(deploy(program("after")))).to.equal(refusal);
      expect(calls.slice(callsBefore)).to.deep.equal([]);
      expect(things.things.size).to.equal(3);
    });

    it("refuses to delete a protected resource, by a change of the program or by destroy", async () => {
      expect(await failureOf(engine.destroy("dev"))).to.equal(message);
      expect(await failureOf(up([]))).to.equal(message);
      expect(registry.things.size).to.equal(2);
    });
  });
});
