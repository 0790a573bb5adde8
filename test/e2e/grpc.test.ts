import { expect } from "chai";
import { SOURCE_STACK, TARGET_STACK } from "../../local/system.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

describe("both stacks, deployed over gRPC,", () => {
  let system: TestSystem;

  before(async () => {
    system = await startSystem();
    await system.empty();
  });

  it("have the same calls and answers as in process", () => {
    const { atEngine, atProvider } = system.providers.takeCalls();
    expect(atEngine).to.have.length.above(150);
    expect(atProvider).to.deep.equal(atEngine);
  });

  it("change nothing when they are deployed again", async () => {
    const results = await Promise.all([TARGET_STACK, SOURCE_STACK].map((stack) => system.engine.up(stack)));
    for (const { changes } of results) expect(changes).to.deep.equal([]);
    const { atEngine, atProvider } = system.providers.takeCalls();
    expect(new Set(atEngine.map(({ method }) => method)))
      .to.include("diff")
      .and.not.include("create");
    expect(atProvider).to.deep.equal(atEngine);
  });
});
