import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { Engine } from "../../../local/engine/engine.ts";
import { startProcess } from "../../../local/engine/program.ts";
import { localProviders } from "../../../local/provider/local-provider.ts";

const projectDir = join(import.meta.dirname, "../../fixtures/engine");

describe("the Pulumi SDK in a program's process", () => {
  const cloud = new Cloud();
  after(() => cloud.close());

  it("stays as it is where another version has other files and functions", () => {
    const folder = mkdtempSync(join(tmpdir(), "lean-sdk-"));
    const sdk = join(folder, "node_modules/@pulumi/pulumi");
    try {
      for (const part of ["log", "runtime/closure"]) mkdirSync(join(sdk, part), { recursive: true });
      writeFileSync(
        join(sdk, "log/index.js"),
        'Object.defineProperty(exports, "debug", { enumerable: true, get: () => () => "its own" });',
      );
      writeFileSync(join(sdk, "runtime/debuggable.js"), 'exports.other = "other";');
      writeFileSync(join(sdk, "runtime/closure/v8Hooks.js"), 'exports.isInitializedAsync = () => "its own";');
      writeFileSync(join(sdk, "resource.js"), "exports.Resource = class {};");
      const files = ["log/index.js", "runtime/debuggable.js", "runtime/closure/v8Hooks.js", "resource.js"];
      const print = `const [log, debuggable, hooks, { Resource }] = ${JSON.stringify(files)}.map((file) =>
        require("@pulumi/pulumi/" + file));
        console.log(log.debug(), Object.keys(debuggable), hooks.isInitializedAsync(), Resource.callsites)`;
      const preload = join(import.meta.dirname, "../../../local/engine/lean-sdk.mjs");
      const text = execFileSync(process.execPath, [`--import=${preload}`, "-e", print], {
        cwd: folder,
        encoding: "utf8",
      });
      expect(text).to.equal("its own [ 'other' ] its own undefined\n");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  describe("of a program that serializes a function", () => {
    const program = join(projectDir, "programs/serializes.js");
    let outputs: Readonly<Record<string, unknown>>;
    before(async () => {
      const configOverrides = { dev: { program: "serializes" } };
      const engine = new Engine({
        newProvider: localProviders(cloud),
        projectDir,
        configOverrides,
        start: startProcess,
      });
      ({ outputs } = await engine.up("dev"));
    });

    it("loads neither the TypeScript compiler nor npm's tree, the exporters or the Automation API before", () => {
      expect(outputs["loaded"]).to.deep.equal([]);
    });

    it("serializes it like the SDK that nothing was changed in", async () => {
      const print = `console.log((await (await import(${JSON.stringify(program)})).default()).text)`;
      const text = execFileSync(process.execPath, ["--no-warnings", "--input-type=module", "-e", print], {
        encoding: "utf8",
      });
      expect(`${outputs["text"]}\n`).to.equal(text).and.to.include("us-east-1");
    });

    it("has the Automation API", () => {
      expect(outputs).to.include({ workspace: "LocalWorkspace", isAutomationListed: true });
    });
  });
});
