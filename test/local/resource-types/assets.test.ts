import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { type LocalAsset, resolveAssets } from "../../../local/resource-types/assets.ts";
import { archiveHash, assetHash } from "../../../local/resource-types/content-hash.ts";
import { SIGNATURE_KEY, Signature } from "../../../local/resource-types/wire-values.ts";
import { failureOf } from "../../support/failure-of.ts";

const SECRET = "the other folder's file";

describe("the content of an asset", () => {
  let folder: string;
  let other: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "assets-"));
    other = mkdtempSync(join(tmpdir(), "assets-"));
    for (const [where, content] of [
      [folder, "ours"],
      [other, SECRET],
    ] as const) {
      mkdirSync(join(where, "code/lib"), { recursive: true });
      writeFileSync(join(where, "bundle.js"), content);
      writeFileSync(join(where, "code/lib/one.js"), content);
    }
  });
  afterEach(() => {
    for (const one of [folder, other]) rmSync(one, { recursive: true });
  });

  const asset = (content: object) => ({ [SIGNATURE_KEY]: Signature.Asset, ...content });
  const archive = (content: object) => ({ [SIGNATURE_KEY]: Signature.Archive, ...content });
  const bytes = (...files: readonly (readonly [string, string])[]) =>
    new Map(files.map(([name, content]) => [name, Buffer.from(content)]));
  const ours = assetHash(bytes(["", "ours"]));
  const oursAsCode = archiveHash(bytes(["lib/one.js", "ours"]));
  const resolved = async (value: object, baseDir = folder) => (await resolveAssets(value, baseDir)) as LocalAsset;
  const read = async (value: object, baseDir = folder) => {
    const files = await (await resolved(value, baseDir)).read();
    return [...files].map(([name, content]) => [name, content.toString()]);
  };

  it("must have the hash that the engine sent", async () => {
    expect(await read(asset({ path: "bundle.js", hash: ours }))).to.deep.equal([["", "ours"]]);
    expect(await read(archive({ path: "code", hash: oursAsCode }))).to.deep.equal([["lib/one.js", "ours"]]);
    expect(await read(asset({ text: "ours", hash: ours }))).to.deep.equal([["", "ours"]]);
    const members = archive({ assets: { lib: archive({ path: "code/lib" }) }, hash: oursAsCode });
    expect(await read(members)).to.deep.equal([["lib/one.js", "ours"]]);
  });

  for (const [kind, given] of [
    ["asset", (path: string) => asset({ path, hash: ours })],
    ["archive", (path: string) => archive({ path, hash: oursAsCode })],
    ["archive of files", (path: string) => archive({ assets: { "lib/one.js": asset({ path }) }, hash: oursAsCode })],
  ] as const) {
    it(`of an ${kind} is never another file of the same name, and its refusal does not say what is there`, async () => {
      const path = kind === "archive" ? "code" : "bundle.js";
      const different = await failureOf(read(given(path), other));
      expect(different).to.include(`looked up in ${other}`).and.include("is not there").and.not.include(SECRET);
      rmSync(join(other, path), { recursive: true });
      expect(await failureOf(read(given(path), other))).to.equal(different);
      // Something that is no file, and has no end.
      if (kind !== "archive") execFileSync("mkfifo", [join(other, path)]);
      expect(await failureOf(read(given(path), other))).to.equal(different);
    });
  }

  it("is not a device, which has no end", async () => {
    expect(await failureOf(read(asset({ path: "/dev/zero", hash: ours })))).to.include('the asset "/dev/zero" with');
    expect(await failureOf(read(asset({ path: "/dev/zero" })))).to.include("failed to open asset file '/dev/zero'");
  });

  it("is what it was when its hash was made, or nothing", async () => {
    const code = await resolved(asset({ path: "bundle.js" }));
    expect(code.hash).to.equal(ours);
    writeFileSync(join(folder, "bundle.js"), "changed");
    expect(await failureOf(code.read())).to.include("if a file has changed since, deploy again");
    writeFileSync(join(folder, "bundle.js"), "ours");
    expect([...(await code.read()).values()].map(String)).to.deep.equal(["ours"]);
  });

  it("is checked against the hash even when sent inline", async () => {
    expect(await failureOf(read(asset({ text: "theirs", hash: ours })))).to.include(
      `with the hash ${ours} is not there`,
    );
  });

  it("is empty for the hash of empty content, as engines send it", async () => {
    expect(await read(asset({ hash: assetHash(bytes(["", ""])) }))).to.deep.equal([["", ""]]);
    expect(await read(archive({ hash: archiveHash(new Map()) }))).to.deep.equal([]);
    expect(await failureOf(read(asset({ hash: ours })))).to.equal(
      "The content of this asset is not known here, only its hash.",
    );
  });

  it("has the hash that the engine's own code makes (github.com/pulumi/pulumi/sdk/v3 3.276.0)", async () => {
    const engine = join(folder, "engine");
    for (const [name, content] of [
      ["lib/one.js", "ours"],
      [".pulumi/s", "x"],
      ["a/z.js", "z"],
      ["a-b.js", "y"],
      ["é.js", "u"],
    ] as const) {
      mkdirSync(dirname(join(engine, name)), { recursive: true });
      writeFileSync(join(engine, name), content);
    }
    const two = asset({ text: "grüße" });
    const directory = archive({ path: "engine" });
    expect((await resolved(directory)).hash).to.equal(
      "90a7992074dc44149ceae6fba10a6b8ffb4c7df9c13c5bd332ad38437c87b968",
    );
    const assets = { "index.mjs": asset({ text: "ours" }), "lib/é.txt": two, Z: two, lib: directory };
    expect((await resolved(archive({ assets }))).hash).to.equal(
      "c3b369546223af6e5792d04f71d0783b20f97c17b38d263df68121aab76b67c9",
    );
  });

  it("comes in the engine's order, without its own folder, and of two files of one name the first", async () => {
    mkdirSync(join(folder, "code/.pulumi"));
    mkdirSync(join(folder, "code/a"));
    for (const name of ["code/.pulumi/state", "code/a/z.js", "code/a-b.js", "code/é.js", "code/z.js"]) {
      writeFileSync(join(folder, name), name);
    }
    const names = async (value: object) => (await read(value)).map(([name]) => name);
    expect(await names(archive({ path: "code" }))).to.deep.equal(["a/z.js", "a-b.js", "lib/one.js", "z.js", "é.js"]);
    const both = { "lib/one.js": asset({ text: "second" }), lib: archive({ path: "code/lib" }) };
    expect(await read(archive({ assets: both }))).to.deep.equal([["lib/one.js", "ours"]]);
  });
});
