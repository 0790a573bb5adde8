import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { LocalProvider } from "../../../local/provider/local-provider.ts";
import type { Properties } from "../../../local/resource-types/resource-type.ts";
import { SIGNATURE_KEY, Signature, UNKNOWN } from "../../../local/resource-types/wire-values.ts";
import { type TestRegistry, testRegistry } from "../../fixtures/engine/registry.ts";
import { failureOf } from "../../support/failure-of.ts";

const account = { region: "us-east-1", allowedAccountIds: '["111111111111"]' };
const urn = "urn:pulumi:dev::fixture::aws:test/thing:Thing::thing";
const secret = (value: unknown) => ({ [SIGNATURE_KEY]: Signature.Secret, value });
const text = (content: string, hash?: string) => ({
  [SIGNATURE_KEY]: Signature.Asset,
  text: content,
  ...(hash ? { hash } : {}),
});

describe("the local cloud's provider", () => {
  const cloud = new Cloud();
  let registry: TestRegistry;
  let provider: LocalProvider;
  beforeEach(async () => {
    registry = testRegistry();
    provider = new LocalProvider({ cloud, registry });
    await provider.configure({ args: { ...account, defaultTags: '{"tags":{"team":"data"}}' } });
  });
  after(() => cloud.close());

  const check = async (news: Properties, olds?: Properties) => provider.check({ urn, news, olds });
  const diff = async (oldInputs: Properties, news: Properties, olds: Properties = {}) =>
    provider.diff({ urn, id: "thing", olds, oldInputs, news });

  describe("check", () => {
    it("fills in defaults and a name, the same for the same seed, and keeps an existing name", async () => {
      const randomSeed = new Uint8Array(32).fill(1);
      const { inputs } = await provider.check({ urn, news: {}, randomSeed });
      expect(inputs.name).to.match(/^thing-[0-9a-f]{7}$/);
      expect(inputs).to.deep.equal((await provider.check({ urn, news: {}, randomSeed })).inputs);
      expect((await check({ note: "new" }, inputs)).inputs).to.deep.equal({
        name: inputs.name,
        note: "new",
        size: 1,
        __defaults: ["name"],
      });
      expect(
        (await provider.check({ urn, news: {}, autonaming: { mode: "propose", proposedName: "wanted" } })).inputs.name,
      ).to.equal("wanted");
      const long = "a-logical-name-that-is-far-too-long";
      const named = await provider.check({ urn: urn.replace(/thing$/, long), news: {} });
      expect(named.failures).to.deep.equal([
        {
          property: "name",
          reason: `name '${long}-' plus 7 random chars is longer than maximum length 24: give the resource a logical name of at most 16 characters, or the argument name`,
        },
      ]);
      const wrong = await provider.check({ urn: urn.replace(/thing$/, long), news: { color: "red" } });
      expect(wrong.failures.map(({ property }) => property)).to.deep.equal(["name", "color"]);
      expect(
        (await provider.check({ urn: urn.replace(/thing$/, long), news: {}, olds: { name: "old" } })).inputs.name,
      ).to.equal("old");
    });

    it("treats null as an omitted argument", async () => {
      const { inputs, failures } = await check({ name: "a", note: null, settings: { key: null, plain: secret(null) } });
      expect(failures).to.deep.equal([]);
      expect(inputs).to.deep.equal({ name: "a", settings: {}, size: 1 });
    });

    it("leaves secrets and assets in place, assets with their hash", async () => {
      const { inputs } = await check({
        name: "a",
        note: secret("n"),
        settings: { key: secret("k") },
        code: text("hi"),
      });
      expect(inputs).to.deep.equal({
        name: "a",
        size: 1,
        note: secret("n"),
        settings: { key: secret("k") },
        code: text("hi", "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4"),
      });
    });

    it("ignores unknown values of a preview in checks, and checks all others", async () => {
      const known = await check({ name: "a", size: UNKNOWN, settings: UNKNOWN, tags: { a: UNKNOWN } });
      expect(known.failures).to.deep.equal([]);
      expect(known.inputs.size).to.equal(UNKNOWN);
      const { failures } = await check({ name: "a", size: UNKNOWN, note: 7 });
      expect(failures.map(({ property }) => property)).to.deep.equal(["note"]);
    });

    it("reports a secret's mistake by its property", async () => {
      const { failures } = await check({ name: "a", size: secret("large") });
      expect(failures).to.deep.equal([{ property: "size", reason: "Invalid input: expected number, received string" }]);
    });
  });

  describe("diff", () => {
    it("sees no change where there is none: secrets count by value, assets by hash", async () => {
      const hash = "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4";
      const olds = { name: "a", note: secret("n"), code: { [SIGNATURE_KEY]: Signature.Asset, hash } };
      const same = { changes: "none", diffs: [], replaces: [], deleteBeforeReplace: false, detailedDiff: [] };
      expect(await diff(olds, { name: "a", note: "n", code: text("hi", hash) })).to.deep.equal(same);
      expect(await diff(olds, { ...olds, code: text("ho", "another") })).to.deep.include({ diffs: ["code"] });
    });

    it("replaces for the type's properties, also for a part of one", async () => {
      const replaces = async (olds: Properties, news: Properties) => (await diff(olds, news)).replaces;
      expect(await replaces({ name: "a" }, { name: "b" })).to.deep.equal(["name"]);
      expect(
        await replaces({ settings: { key: "a", plain: "a" } }, { settings: { key: "a", plain: "b" } }),
      ).to.deep.equal([]);
      expect(await replaces({ settings: { key: "a" } }, { settings: { key: "b" } })).to.deep.equal(["settings"]);
    });

    it("deletes first only when the program gives the name and keeps it", async () => {
      const change = async (olds: Properties) => {
        const { inputs: oldInputs } = await check({ ...olds, settings: { key: "a" } });
        const { inputs: news } = await check({ ...olds, settings: { key: "b" } }, oldInputs);
        return (await diff(oldInputs, news)).deleteBeforeReplace;
      };
      expect(await change({ name: "given" })).to.equal(true);
      expect(await change({ name: "thing-0123abc" })).to.equal(true);
      expect(await change({})).to.equal(false);
      expect((await diff({ name: "given" }, { name: "other" })).deleteBeforeReplace).to.equal(false);
    });

    it("sees that the provider's default tags have changed", async () => {
      const olds = { tagsAll: { team: "data", own: "1" } };
      expect((await diff({ tags: { own: "1" } }, { tags: { own: "1" } }, olds)).diffs).to.deep.equal([]);
      await provider.configure({ args: { ...account, defaultTags: '{"tags":{"team":"other"}}' } });
      expect((await diff({ tags: { own: "1" } }, { tags: { own: "1" } }, olds)).diffs).to.deep.equal(["tagsAll"]);
    });

    it("distinguishes default tags from the resource's own, which take precedence", async () => {
      const olds = { tagsAll: { team: "data", own: "1" } };
      const same = { tags: { own: "1" } };
      const changes = async (news: Properties, ignoreChanges: readonly string[] = [], state: Properties = olds) =>
        (await provider.diff({ urn, id: "a", olds: state, oldInputs: same, news, ignoreChanges })).diffs;
      expect(await changes({ tags: { own: "1", team: "data" } })).to.deep.equal(["tags"]);
      await provider.configure({ args: { ...account, defaultTags: '{"tags":{"team":"other","own":"2"}}' } });
      expect(await changes(same)).to.deep.equal(["tagsAll"]);
      expect(await changes(same, ["tags"])).to.deep.equal(["tagsAll"]);
      expect(await changes(same, ["tagsAll"])).to.deep.equal([]);
      expect(await changes({ tags: { own: "3" } }, ["tags"])).to.deep.equal([]);
      expect(await changes(same, [], { tagsAll: { team: "other", own: "1" } })).to.deep.equal([]);
    });

    it("omits ignored changes", async () => {
      const request = {
        urn,
        id: "a",
        olds: {},
        oldInputs: { note: "a" },
        news: { note: "b" },
        ignoreChanges: ["note"],
      };
      expect(await provider.diff(request)).to.include({ changes: "none" });
    });
  });

  describe("create, update, read, delete", () => {
    it("pass plain values to the type, and mark secrets in its outputs", async () => {
      const properties = { name: "a", size: 1, note: secret("n"), tags: { own: secret("o") } };
      const made = await provider.create({ urn, properties });
      expect(registry.things.get("a")?.inputs).to.deep.equal({ name: "a", size: 1, note: "n", tags: { own: "o" } });
      expect(made.properties).to.deep.equal({
        ...properties,
        arn: "arn:aws:test:us-east-1:111111111111:thing/a",
        tagsAll: { team: "data", own: secret("o") },
      });
      const news = { name: "a", note: secret("m") };
      const { properties: updated } = await provider.update({ urn, id: "a", olds: made.properties, news });
      expect(updated).to.deep.equal({
        name: "a",
        size: 1,
        note: secret("m"),
        arn: made.properties.arn,
        tagsAll: { team: "data" },
      });
      await provider.delete({ urn, id: "a", properties: updated });
      expect(registry.things.size).to.equal(0);
    });

    it("make nothing in a preview", async () => {
      const properties = { name: "a", note: UNKNOWN };
      expect(await provider.create({ urn, properties, preview: true })).to.deep.equal({
        id: "",
        properties: { ...properties, arn: UNKNOWN, region: "us-east-1", tagsAll: { team: "data" } },
      });
      const olds = { name: "a", arn: "arn" };
      const updated = await provider.update({ urn, id: "a", olds, news: properties, preview: true });
      expect(updated).to.deep.equal({
        properties: { name: "a", arn: "arn", note: UNKNOWN, tagsAll: { team: "data" } },
      });
      expect(registry.calls).to.deep.equal([]);
    });

    it("keep all tags secret when the default ones are", async () => {
      await provider.configure({ args: { ...account, defaultTags: secret('{"tags":{"team":"hidden"}}') } });
      const request = { urn, properties: { name: "a", tags: { own: "1" } } };
      const expected = secret({ team: "hidden", own: "1" });
      expect((await provider.create({ ...request, preview: true })).properties.tagsAll).to.deep.equal(expected);
      const { properties } = await provider.create(request);
      expect(properties.tagsAll).to.deep.equal(expected);
      expect((await diff(request.properties, request.properties, properties)).diffs).to.deep.equal([]);
    });

    it("quote no secret when the service refuses", async () => {
      const properties = { name: secret("hidden-name") };
      await provider.create({ urn, properties });
      expect(await failureOf(provider.create({ urn, properties }))).to.equal("[secret] exists already");
    });

    it("return an empty id for a deleted resource", async () => {
      expect(await provider.read({ urn, id: "gone", properties: {} })).to.deep.equal({
        id: "",
        properties: {},
        inputs: {},
      });
      const read = await provider.read({ urn, id: "a", properties: { note: secret("n") }, inputs: { note: "n" } });
      expect(read).to.deep.equal({
        id: "a",
        properties: { note: secret("n"), arn: "arn:aws:test:us-east-1:111111111111:thing/a" },
        inputs: { note: "n" },
      });
    });

    it("name an unknown type or function, and list the known ones", async () => {
      const other = urn.replace("thing:Thing", "other:Other");
      expect(await failureOf(provider.check({ urn: other, news: {} }))).to.equal(
        "The local cloud does not support the resource type aws:test/other:Other. It supports: aws:test/thing:Thing.",
      );
      expect(await failureOf(provider.invoke({ tok: "aws:test/getOther:getOther", args: {} }))).to.equal(
        "The local cloud does not support the function aws:test/getOther:getOther. It supports: aws:test/getWhere:getWhere.",
      );
    });
  });

  describe("archives", () => {
    let folder: string;
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), "archive-"));
      mkdirSync(join(folder, "code/lib"), { recursive: true });
      writeFileSync(join(folder, "code/index.js"), "index");
      writeFileSync(join(folder, "code/lib/one.js"), "one");
      provider = new LocalProvider({ cloud, registry, baseDir: folder });
      await provider.configure({ args: account });
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    const archive = (content: Properties) => ({ [SIGNATURE_KEY]: Signature.Archive, ...content });
    const hashOf = async (code: unknown) => {
      const { inputs } = await provider.check({ urn, news: { name: "a", code } });
      return (inputs.code as { hash: string }).hash;
    };

    it("are read from folders relative to the program, and from members of every kind", async () => {
      const code = archive({ assets: { "a.txt": text("a"), inner: archive({ path: "code" }) } });
      await provider.create({ urn, properties: { name: "a", code } });
      expect(registry.things.get("a")?.files).to.have.members(["a.txt", "inner/index.js", "inner/lib/one.js"]);
    });

    it("have a different hash for a different byte or name, and the same one in another folder", async () => {
      const hash = await hashOf(archive({ path: "code" }));
      expect(await hashOf(archive({ path: join(folder, "code") }))).to.equal(hash);
      const members = (name: string, content: string) =>
        archive({ assets: { "index.js": text("index"), [name]: text(content) } });
      expect(await hashOf(members("lib/one.js", "one"))).to.equal(hash);
      expect(await hashOf(members("lib/two.js", "one"))).to.not.equal(hash);
      expect(await hashOf(members("lib/one.js", "two"))).to.not.equal(hash);
    });

    it("with a symbolic link are refused, instead of omitting it silently", async () => {
      symlinkSync(join(folder, "code/index.js"), join(folder, "code/link.js"));
      expect(await failureOf(hashOf(archive({ path: "code" })))).to.contain(
        `a symbolic link in an archive (${join(folder, "code/link.js")})`,
      );
    });

    it("that are missing, or of an unsupported kind, are named", async () => {
      expect(await failureOf(hashOf(archive({ path: "nowhere" })))).to.equal(
        `failed to open archive file '${join(folder, "nowhere")}': no such file or directory; relative paths are looked up in ${folder}`,
      );
      expect(await failureOf(hashOf(archive({ path: join(folder, "nowhere") })))).to.equal(
        `failed to open archive file '${join(folder, "nowhere")}': no such file or directory`,
      );
      expect(await failureOf(hashOf(archive({ uri: "https://example.com/a.zip" })))).to.equal(
        "The local cloud does not support a remote archive (https://example.com/a.zip). It supports: files, folders and text.",
      );
      expect(await failureOf(hashOf(archive({ path: "code/index.js" })))).to.match(
        /does not support an archive that is a file/,
      );
    });
  });
});
