import { execFileSync } from "node:child_process";
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
