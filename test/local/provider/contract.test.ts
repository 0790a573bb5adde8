import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { canonicalValues } from "../../../local/resource-types/canonical.ts";
import { inputNames } from "../../../local/resource-types/input-schema.ts";
import type { ResourceType } from "../../../local/resource-types/resource-type.ts";
import { isRecord, UNKNOWN, withoutUndefined } from "../../../local/resource-types/wire-values.ts";
import { ProviderStage, STAGE_CONFIG } from "../../support/provider-stage.ts";
import type { ResourceSample } from "./resource-sample.ts";

const { resourceTypes } = new Cloud().registry;

const folder = new URL("samples/", import.meta.url);
/** Those of all files, by service; some files are parts of others, and export none. */
const modules: readonly { samples?: readonly ResourceSample[] }[] = await Promise.all(
  readdirSync(folder).map((file) => import(new URL(file, folder).href)),
);
const samples = modules.flatMap(({ samples = [] }) => samples);

const require = createRequire(import.meta.url);

describe("the contract of resource types", () => {
  it("is held by every type that the provider has", () => {
    expect([...new Set(samples.map(({ token }) => token))].sort()).to.deep.equal([...resourceTypes.keys()].sort());
  });

  for (const sample of samples) describe(sample.token, () => holdsContract(sample));
});

function holdsContract(sample: ResourceSample): void {
  const type = resourceTypes.get(sample.token) as ResourceType;
  const urn = `urn:pulumi:dev::stage::${sample.token}::thing`;
  let stage: ProviderStage;

  const make = async () => {
    const given = await sample.inputs(stage);
    return { given, ...(await stage.make(sample.token, given)) };
  };

  it("names computed outputs like the SDK", () => {
    const outputs = sdkOutputs(sample.token).filter((name) => name !== "tagsAll" && name !== "region");
    expect([...(type.computed ?? [])].sort()).to.deep.equal(outputs.sort());
    const inputs = inputNames(type);
    expect(type.computed?.filter((name) => inputs.includes(name)) ?? [], "computed inputs").to.deep.equal([]);
    const decided = type.optionalComputed?.map((path) => path.split(/[.[]/)[0] ?? "") ?? [];
    expect(
      decided.filter((name) => !inputs.includes(name)),
      "no inputs",
    ).to.deep.equal([]);
    for (const name of Object.keys(type.recomputed ?? {})) {
      expect([...(type.computed ?? []), ...(type.optionalComputed ?? [])]).to.include(name);
    }
  });

  describe("as it was made", () => {
    let made: Awaited<ReturnType<typeof make>>;
    before(async () => {
      stage = await ProviderStage.start();
      made = await make();
    });
    after(() => stage.close());

    it("is no change when the program says the same", async () => {
      const { given, id, inputs, outputs } = made;
      for (const written of [{}, ...(sample.same ?? [])]) {
        const news = await stage.check(urn, { ...given, ...written }, inputs);
        const diff = await stage.provider.diff({ urn, id, olds: outputs, oldInputs: inputs, news });
        expect(diff, JSON.stringify(written)).to.deep.include({ changes: "none", diffs: [], replaces: [] });
      }
    });

    it("is the same when it is read", async () => {
      const { id, inputs, outputs } = made;
      const read = await stage.provider.read({ urn, id, properties: outputs, inputs });
      expect(read).to.deep.equal({ id, properties: outputs, inputs });
    });

    it("can be imported into the program that it came from", async () => {
      const { given, id, outputs } = made;
      const found = await stage.provider.read({ urn, id: sample.importId?.(outputs, id) ?? id });
      expect(found.id).to.equal(id);
      const news = await stage.check(urn, given, found.inputs);
      const diff = await stage.provider.diff({ urn, id, olds: found.properties, oldInputs: found.inputs, news });
      const unknown = [...(sample.unknownToImport ?? [])].sort();
      const replaces = unknown.filter((name) => type.replaceOn.includes(name));
      expect(diff).to.deep.include({ diffs: unknown, replaces });
      for (const name of type.computed ?? []) expect(found.properties[name], name).to.deep.equal(outputs[name]);
    });

    for (const replacement of sample.replacements ?? []) {
      it(`is made anew: ${JSON.stringify(replacement.inputs).slice(0, 80)}`, async () => {
        const { given, id, inputs, outputs } = made;
        const news = await stage.check(urn, { ...given, ...replacement.inputs }, inputs);
        const diff = await stage.provider.diff({ urn, id, olds: outputs, oldInputs: inputs, news });
        expect(diff).to.deep.include({
          changes: "some",
          replaces: [...replacement.replaces],
          deleteBeforeReplace: replacement.deleteBeforeReplace ?? false,
        });
      });
    }
  });

  describe("by what is done to it", () => {
    beforeEach(async () => {
      stage = await ProviderStage.start();
    });
    afterEach(() => stage.close());

    it("creates what its preview showed, with all computed outputs", async () => {
      const inputs = await stage.check(urn, await sample.inputs(stage));
      const preview = await stage.provider.create({ urn, properties: inputs, preview: true });
      const { id, properties } = await stage.provider.create({ urn, properties: inputs });
      expect(preview.id).to.equal("");
      expect(id).to.match(/./);
      expect(known(preview.properties, properties)).to.deep.equal(preview.properties);
      expect(Object.keys(properties)).to.include.members([...(type.computed ?? [])]);
    });

    for (const update of sample.updates ?? []) {
      it(`changes in place: ${update.diffs.join(", ")}`, async () => {
        const { given, id, inputs, outputs } = await make();
        const news = await stage.check(urn, { ...given, ...update.inputs }, inputs);
        const diff = await stage.provider.diff({ urn, id, olds: outputs, oldInputs: inputs, news });
        expect(diff).to.deep.include({
          changes: "some",
          diffs: [...update.diffs],
          replaces: [],
          deleteBeforeReplace: false,
        });
        const request = { urn, id, olds: outputs, oldInputs: inputs, news };
        const preview = await stage.provider.update({ ...request, preview: true });
        expect(await stage.provider.read({ urn, id, properties: outputs, inputs }), "a preview").to.deep.include({
          inputs,
          properties: outputs,
        });
        const { properties } = await stage.provider.update(request);
        expect(known(preview.properties, properties)).to.deep.equal(preview.properties);
        expect(await stage.provider.read({ urn, id, properties, inputs: news })).to.deep.equal({
          id,
          properties,
          inputs: news,
        });
        const back = await stage.provider.read({ urn, id, properties: outputs, inputs });
        expect(canonicalValues(type, back.inputs), "seen by a refresh").to.not.deep.equal(
          canonicalValues(type, inputs),
        );
      });
    }

    sample.drifts?.forEach((drift, index) => {
      it(`shows drift ${index + 1}: ${Object.keys(drift.inputs).join(", ")}`, async () => {
        const made = await make();
        await drift.by(stage, made);
        const read = await stage.provider.read({ urn, id: made.id, properties: made.outputs, inputs: made.inputs });
        expect(read.inputs).to.deep.equal(withoutUndefined({ ...made.inputs, ...drift.inputs }));
        const diff = await stage.provider.diff({
          urn,
          id: made.id,
          olds: read.properties,
          oldInputs: read.inputs,
          news: made.inputs,
        });
        expect(diff.diffs).to.deep.equal(Object.keys(drift.inputs).sort());
      });
    });

    if (inputNames(type).includes("tags")) {
      it("follows changes of the provider's default tags, without other changes", async () => {
        const { given, id, inputs, outputs } = await make();
        const tags = { project: "other", area: "new" };
        await stage.provider.configure({ args: { ...STAGE_CONFIG, defaultTags: JSON.stringify({ tags }) } });
        const news = await stage.check(urn, given, inputs);
        const request = { urn, id, olds: outputs, oldInputs: inputs, news };
        expect(await stage.provider.diff(request)).to.deep.include({ diffs: ["tagsAll"], replaces: [] });
        const preview = await stage.provider.update({ ...request, preview: true });
        const { properties } = await stage.provider.update(request);
        const tagsAll = { ...tags, ...(isRecord(given["tags"]) ? given["tags"] : {}) };
        expect([preview.properties["tagsAll"], properties["tagsAll"]]).to.deep.equal([tagsAll, tagsAll]);
        const read = await stage.provider.read({ urn, id, properties, inputs: news });
        expect(read).to.deep.equal({ id, properties, inputs: news });
      });
    }

    it(sample.leftByDelete ? "is set back when it is deleted" : "is gone when it is deleted", async () => {
      const { id, inputs, outputs } = await make();
      await stage.provider.delete({ urn, id, properties: outputs });
      const read = await stage.provider.read({ urn, id, properties: outputs, inputs });
      if (sample.leftByDelete) expect(read.inputs).to.deep.equal({ ...inputs, ...sample.leftByDelete });
      else expect(read).to.deep.equal({ id: "", properties: {}, inputs: {} });
    });
  });
}

/** Of what came to be, the part that a preview knew; what it did not know stands as its marker. */
function known(preview: unknown, made: unknown): unknown {
  if (preview === UNKNOWN) return UNKNOWN;
  if (isRecord(preview) && isRecord(made)) {
    return Object.fromEntries(Object.keys(preview).map((key) => [key, known(preview[key], made[key])]));
  }
  if (Array.isArray(preview) && Array.isArray(made) && preview.length === made.length) {
    return made.map((element, index) => known(preview[index], element));
  }
  return made;
}

/** The outputs of a type that are no arguments, out of the SDK's own code. */
function sdkOutputs(token: string): string[] {
  const [, module = ""] = token.split(":");
  const file = require.resolve(`@pulumi/aws/${module}.js`);
  const names = readFileSync(file, "utf8").matchAll(/resourceInputs\["(\w+)"\] = undefined \/\*out\*\//g);
  return [...new Set([...names].map(([, name = ""]) => name))];
}
