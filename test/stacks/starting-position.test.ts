import { join } from "node:path";
import { expect } from "chai";
import { Cloud } from "../../local/cloud.ts";
import { Engine } from "../../local/engine/engine.ts";
import type { EngineEvent } from "../../local/engine/events.ts";
import { localProviders } from "../../local/provider/local-provider.ts";
import { failureOf } from "../support/failure-of.ts";
import { startInProcess } from "../support/in-process.ts";
import { projectDir } from "../support/system.ts";

const fixture = join(projectDir, "test/fixtures/changing");
const config = (startingPosition: string, more = {}) => ({ "changing:startingPosition": startingPosition, ...more });

describe("another starting position", () => {
  const cloud = new Cloud();
  const configOverrides: Record<string, Record<string, string>> = {};
  const events: string[] = [];
  const engine = new Engine({
    newProvider: localProviders(cloud),
    projectDir: fixture,
    configOverrides,
    start: startInProcess,
    onEvent: ({ action, name }: EngineEvent) => {
      if (name === "flow-eater-mapping") events.push(action);
    },
  });
  const up = (overrides: Record<string, string>) => {
    configOverrides["dev"] = overrides;
    events.length = 0;
    return engine.up("dev");
  };
  const mappings = () =>
    cloud.services.lambda.store.listMappings().map(({ uuid, settings }) => ({ uuid, from: settings.startingPosition }));
  after(() => cloud.close());

  it("replaces the mapping, deleting the old one first, because Lambda allows one between a stream and a function", async () => {
    const first = await up(config("TRIM_HORIZON"));
    expect(mappings()).to.deep.equal([{ uuid: first.outputs["mappingId"], from: "TRIM_HORIZON" }]);

    const second = await up(config("LATEST"));
    expect(second.changes.map(({ outcome, name }) => `${outcome} ${name}`)).to.deep.equal([
      "replaced flow-eater-mapping",
    ]);
    expect(events).to.deep.equal(["replacing", "replaced"]);
    expect(second.outputs["mappingId"]).not.to.equal(first.outputs["mappingId"]);
    expect(mappings()).to.deep.equal([{ uuid: second.outputs["mappingId"], from: "LATEST" }]);
  });

  it("is refused on every up, in AWS's words, when the new mapping is created first, and the old one stays unchanged", async () => {
    const [before] = mappings();
    const message = await failureOf(up(config("TRIM_HORIZON", { "changing:createFirst": "true" })));
    expect(message).to.include("mapping already exists. Please update or delete the existing mapping with UUID");
    expect(message).to.include(String(before?.uuid));
    expect(mappings()).to.deep.equal([before]);
  });
});
