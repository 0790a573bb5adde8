import { join } from "node:path";
import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { Engine } from "../../../local/engine/engine.ts";
import { localProviders } from "../../../local/provider/local-provider.ts";
import { testRegistry } from "../../fixtures/engine/registry.ts";
import { startInProcess } from "../../support/in-process.ts";

const projectDir = join(import.meta.dirname, "../../fixtures/engine");

describe("warnings of the embedded engine", () => {
  const cloud = new Cloud();
  after(() => cloud.close());

  it("come from a resource's check, and are printed once, even if the program logs the same", async () => {
    const said: string[] = [];
    const warning = "nearly: size: is nearly too much";
    const things = [
      { name: "nearly", args: { size: 99 }, warning },
      { name: "other", args: { size: 98 }, warning },
    ];
    const engine = new Engine({
      newProvider: localProviders(cloud, testRegistry()),
      projectDir,
      start: startInProcess,
      configOverrides: { dev: { program: "things", things: JSON.stringify(things) } },
      onOutput: (text, { source, severity }) => said.push(`${source} ${severity}: ${text}`),
    });
    await engine.up("dev");
    // Of the one thing by its provider; of the other the program says it, and nobody else has.
    expect(said).to.deep.equal([`log warning: ${warning}`, `log warning: ${warning}`]);
    await engine.preview("dev");
    expect(said).to.have.length(4);
  });
});
