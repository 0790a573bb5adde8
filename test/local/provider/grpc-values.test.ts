import { expect } from "chai";
import type { Properties } from "../../../local/resource-types/resource-type.ts";
import { isSecret, SIGNATURE_KEY, Signature, UNKNOWN } from "../../../local/resource-types/wire-values.ts";
import { type TestRegistry, testRegistry } from "../../fixtures/engine/registry.ts";
import type { GrpcProvider } from "../../support/grpc-provider.ts";
import { archive, asSent, secret, textAsset, type WireResource } from "../../support/wire-program.ts";
import { WireStage, wireConfig } from "../../support/wire-stage.ts";

const THING = "aws:test/thing:Thing";
const urn = `urn:pulumi:dev::wire::${THING}::thing`;
const topicUrn = "urn:pulumi:dev::wire::aws:sns/topic:Topic::alarms";

/** The values with every secret left out. */
function withoutSecrets(value: unknown): unknown {
  if (isSecret(value)) return "[secret]";
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutSecrets(member)]));
}

describe("values over gRPC", () => {
  let stage: WireStage;
  let registry: TestRegistry;
  afterEach(() => stage.close());

  describe("that are secret", () => {
    const news = {
      name: "alarms",
      displayName: secret("hidden-name"),
      tags: { owner: secret("hidden-owner"), team: "data" },
    };
    beforeEach(async () => {
      stage = await WireStage.start();
    });

    it("are wrapped in every answer, where they are and where they are repeated, and plain in the cloud", async () => {
      const provider = await stage.configured();
      const answers: Properties[] = [];
      const kept = <T extends { readonly inputs?: Properties; readonly properties?: Properties }>(answer: T): T => {
        answers.push({ ...answer.inputs }, { ...answer.properties });
        return answer;
      };
      const { inputs } = kept(await provider.check({ urn: topicUrn, news }));
      expect(inputs).to.deep.include(news);
      kept(await provider.create({ urn: topicUrn, properties: inputs, preview: true }));
      const { id, properties } = kept(await provider.create({ urn: topicUrn, properties: inputs }));
      expect(properties).to.deep.include({ ...news, tagsAll: news.tags });
      const read = kept(await provider.read({ urn: topicUrn, id, properties, inputs }));
      expect(read).to.deep.equal({ id, properties, inputs });
      const changed = { ...inputs, displayName: secret("hidden-too") };
      const update = { urn: topicUrn, id, olds: properties, oldInputs: inputs, news: changed };
      kept(await provider.update({ ...update, preview: true }));
      const { properties: updated } = kept(await provider.update(update));
      expect(updated).to.deep.include({ displayName: secret("hidden-too") });
      expect(JSON.stringify(withoutSecrets(answers))).to.not.contain("hidden");
      const topic = stage.cloud.services.sns.store.find(id);
      expect(topic?.settings).to.deep.include({
        displayName: "hidden-too",
        tags: { owner: "hidden-owner", team: "data" },
      });
    });

    it("count by what is in them: a value that becomes secret is no change, another secret is one", async () => {
      const engine = stage.engine();
      const topic = (inputs: Properties): WireResource[] => [{ type: "aws:sns/topic:Topic", name: "alarms", inputs }];
      await engine.up(topic({ displayName: "Alarms" }));
      expect((await engine.up(topic({ displayName: secret("Alarms") }))).steps).to.deep.equal({ alarms: "same" });
      expect((await engine.up(topic({ displayName: secret("Other") }))).steps).to.deep.equal({ alarms: "update" });
      expect(await engine.refresh()).to.deep.equal({ drift: {}, gone: [] });
      expect(JSON.stringify(withoutSecrets(JSON.parse(engine.state)))).to.not.contain("Other");
    });

    it("are not named as a mistake's property, as the engine would print them: the reason names it", async () => {
      const provider = await stage.configured();
      const wrong = { ...news, displayName: secret(5), name: "no spaces" };
      const { failures } = await provider.check({ urn: topicUrn, news: wrong });
      expect(failures.map(({ property }) => property)).to.have.members(["", "name"]);
      expect(failures.find(({ property }) => property === "")?.reason).to.match(/^displayName: /);
    });

    it("may be unknown, too", async () => {
      const provider = await stage.configured();
      const unknown = { ...news, displayName: secret(UNKNOWN), tags: { owner: secret(UNKNOWN) } };
      const { inputs, failures } = await provider.check({ urn: topicUrn, news: unknown });
      expect(failures).to.deep.equal([]);
      const { properties } = await provider.create({ urn: topicUrn, properties: inputs, preview: true });
      expect(properties).to.deep.include({ ...unknown, arn: UNKNOWN });
    });
  });

  describe("of a type of the test's own", () => {
    let provider: GrpcProvider;
    beforeEach(async () => {
      registry = testRegistry();
      stage = await WireStage.start(registry);
      provider = await stage.configured();
    });
    const thing = (inputs: Properties): WireResource[] => [{ type: THING, name: "thing", inputs }];

    it("that are unknown stay so, and do not hide other mistakes", async () => {
      const news = {
        name: "a",
        note: UNKNOWN,
        settings: { key: UNKNOWN, plain: "b" },
        tags: { a: UNKNOWN },
        size: 1.5,
      };
      const { inputs, failures } = await provider.check({ urn, news });
      expect(failures.map(({ property }) => property)).to.deep.equal(["size"]);
      expect(inputs).to.deep.include({ note: UNKNOWN, settings: news.settings, tags: news.tags });
      const olds = { name: "a", settings: { key: "old" }, arn: "arn" };
      const diff = await provider.diff({ urn, id: "a", olds, oldInputs: olds, news: { ...olds, ...news, size: 1 } });
      expect(diff).to.deep.include({ replaces: ["settings"] });
      expect(registry.calls).to.deep.equal([]);
    });

    it("are unchanged: numbers, texts in any language, empty and missing ones", async () => {
      const tags = { "größe 😀": "字", empty: "", constructor: "c", 'quo"te': "line\nbreak\u0001" };
      const news = { name: "a", size: 100, note: "", settings: {}, tags: JSON.parse(JSON.stringify(tags)) as object };
      const { inputs, failures } = await provider.check({ urn, news });
      expect(failures).to.deep.equal([]);
      expect(inputs).to.deep.equal(news);
      await provider.create({ urn, properties: inputs });
      expect(registry.things.get("a")?.inputs).to.deep.equal(news);
    });

    it("that are to be ignored are no change", async () => {
      const [olds, news] = [
        { name: "a", note: "b" },
        { name: "a", note: "c" },
      ];
      const diff = (ignoreChanges: string[]) =>
        provider.diff({ urn, id: "a", olds, oldInputs: olds, news, ignoreChanges });
      expect((await diff([])).diffs).to.deep.equal(["note"]);
      expect((await diff(["note"])).changes).to.equal("none");
    });

    it("that are null are omitted, as in the real provider", async () => {
      const { inputs, failures } = await provider.check({ urn, news: { name: "a", note: null } });
      expect(failures).to.deep.equal([]);
      expect(inputs).to.deep.equal({ name: "a", size: 1 });
    });

    it("that are assets are compared by the engine's hash, and read when they are needed", async () => {
      const engine = stage.engine();
      const files = { "a.js": "a", "b.js": "b" };
      await engine.up(thing({ name: "a", code: archive(files) }));
      expect(registry.things.get("a")?.files).to.have.members(["a.js", "b.js"]);
      expect((await engine.up(thing({ name: "a", code: archive({ ...files }) }))).steps).to.deep.equal({
        thing: "same",
      });
      const { steps, diffs } = await engine.up(thing({ name: "a", code: archive({ ...files, "b.js": "c" }) }));
      expect([steps, diffs["thing"]?.diffs]).to.deep.equal([{ thing: "update" }, ["code"]]);
      expect(await engine.refresh()).to.deep.equal({ drift: {}, gone: [] });
      expect(await engine.destroy()).to.deep.equal([]);
    });

    it("that are assets keep the hash that came with them, and have one where none came", async () => {
      const given = { ...textAsset("hi"), hash: "0123" };
      expect((await provider.check({ urn, news: { name: "a", code: given } })).inputs["code"]).to.deep.equal(given);
      const { inputs } = await provider.check({ urn, news: { name: "a", code: textAsset("hi") } });
      expect(inputs["code"]).to.deep.equal(asSent(textAsset("hi")));
    });

    it("that are assets of which only the hash is left can be compared but not made", async () => {
      const code = { [SIGNATURE_KEY]: Signature.Archive, hash: "0123" };
      const inputs = { name: "a", size: 1, code };
      const diff = await provider.diff({ urn, id: "a", olds: inputs, oldInputs: inputs, news: inputs });
      expect(diff.changes).to.equal("none");
      const error = await provider.create({ urn, properties: inputs }).catch((reason: unknown) => reason);
      expect((error as Error).message).to.equal("The content of this archive is not known here, only its hash.");
    });

    it("that are names are made from the random seed, or as the project's configuration has it", async () => {
      const engine = stage.engine();
      const nameOf = async () => (await engine.preview(thing({}))).outputs["thing"]?.["name"];
      const generated = [await nameOf(), await nameOf()];
      for (const name of generated) expect(name).to.match(/^thing-[0-9a-f]{7}$/);
      expect(generated[0]).to.not.equal(generated[1]);
      const check = async (byte: number) =>
        (await provider.check({ urn, news: {}, randomSeed: Buffer.alloc(32, byte) })).inputs["name"];
      expect(await check(1)).to.equal(await check(1));
      expect(await check(1)).to.not.equal(await check(2));
      engine.autonaming = (name) => ({ mode: "propose", proposedName: `proposed-for-${name}-and-far-too-long` });
      expect(await nameOf()).to.equal("proposed-for-thing-and-f");
      engine.autonaming = (name) => ({ mode: "enforce", proposedName: `enforced-for-${name}-and-long` });
      expect(await nameOf()).to.equal("enforced-for-thing-and-long");
      engine.autonaming = () => ({ mode: "disable", proposedName: "" });
      const { failures } = await engine.preview(thing({}));
      expect(failures).to.have.length(1);
      expect(failures[0]).to.contain("thing: name: has no value, and automatic names are disabled");
    });

    it("that are a provider's configuration may be numbers in a list, and what is missing is named", async () => {
      const check = async (news: Properties) => (await provider.checkConfig({ urn, news })).failures;
      expect(await check({ ...wireConfig(), allowedAccountIds: "[222222222222]" })).to.deep.equal([]);
      const failures = await check({ region: "mars-1" });
      expect(failures.map(({ property }) => property)).to.have.members(["region", "allowedAccountIds"]);
    });

    it("of several megabytes pass in both directions", async () => {
      // More than gRPC takes when nobody says otherwise: 4 MiB.
      const properties = asSent({ name: "a", code: archive({ "big.js": "x".repeat(4_300_000) }) }) as Properties;
      const { properties: outputs } = await provider.create({ urn, properties });
      expect(outputs["code"]).to.deep.equal(properties["code"]);
      expect(registry.things.get("a")?.files).to.deep.equal(["big.js"]);
    });
  });
});
