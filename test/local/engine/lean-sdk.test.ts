import { join } from "node:path";
import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { Engine } from "../../../local/engine/engine.ts";
import { type StartProgram, startProcess } from "../../../local/engine/program.ts";
import { localProviders } from "../../../local/provider/local-provider.ts";
import { startInProcess } from "../../support/in-process.ts";

const projectDir = join(import.meta.dirname, "../../fixtures/engine");

describe("the Pulumi SDK in a program's process", () => {
  const cloud = new Cloud();
  after(() => cloud.close());

  async function outputsOf(program: string, start: StartProgram) {
    const configOverrides = { dev: { program } };
    const engine = new Engine({ newProvider: localProviders(cloud), projectDir, configOverrides, start });
    return (await engine.up("dev")).outputs;
  }

  describe("of a program that serializes a function", () => {
    let outputs: Awaited<ReturnType<typeof outputsOf>>;
    before(async () => {
      outputs = await outputsOf("serializes", startProcess);
    });

    it("loads neither the TypeScript compiler nor npm's tree, the exporters or the Automation API before", () => {
      expect(outputs["loaded"]).to.deep.equal([]);
    });

    it("serializes it like the SDK that nothing was changed in", async () => {
      const { text } = await outputsOf("serializes", startInProcess);
      expect(outputs["text"]).to.equal(text).and.to.include("us-east-1");
    });

    it("has the Automation API", () => {
      expect(outputs).to.include({ workspace: "LocalWorkspace", isAutomationListed: true });
    });
  });
});
