import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect } from "chai";
import { bundle } from "../../components/bundled-function/bundle.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("bundles of functions", () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "bundle-")));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A copy of the functions in another folder, at another depth. */
  function copyTo(...path: string[]): string {
    const copy = join(folder, ...path);
    mkdirSync(copy, { recursive: true });
    cpSync(join(root, "functions"), join(copy, "functions"), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    return join(copy, "functions");
  }

  /** Writes files of a function's folder, and gives the path of the first. */
  function write(files: Readonly<Record<string, string>>): string {
    const paths = Object.entries(files).map(([name, text]) => {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      return path;
    });
    return paths[0] ?? "";
  }

  const bundleText = (entry: string) => bundle(entry)["index.mjs"] ?? "";

  /** What the handler of a bundle answers, loaded as Lambda loads it, from a folder where none of its sources are. */
  async function answer(entry: string, event?: unknown): Promise<unknown> {
    const task = join(folder, "task");
    mkdirSync(task);
    writeFileSync(join(task, "index.mjs"), bundleText(entry));
    const { handler } = (await import(pathToFileURL(join(task, "index.mjs")).href)) as {
      handler: (event: unknown) => Promise<unknown>;
    };
    return handler(event);
  }

  for (const name of ["replicator", "archiver"])
    it(`are the same of the ${name}, byte for byte, in whatever folder it lies, its source map too`, () => {
      const files = (entry: string) => bundle(entry, { sourceMap: true, splitting: true });
      const near = files(join(copyTo("near"), name, "handler.ts"));
      const far = files(join(copyTo("a", "much", "deeper", "folder"), name, "handler.ts"));
      expect(Object.keys(near)).to.include.members(["index.mjs", "index.mjs.map"]);
      expect(Object.keys(far), "the two bundles have other files").to.deep.equal(Object.keys(near));
      expect(JSON.stringify(far) === JSON.stringify(near), "the two bundles differ").to.equal(true);
      const own = files(join(root, "functions", name, "handler.ts"));
      expect(JSON.stringify(own) === JSON.stringify(near), "the project's own differs").to.equal(true);
      for (const text of Object.values(near)) expect(text).not.to.contain(folder);
      for (const [file, text] of Object.entries(near))
        if (file.endsWith(".mjs")) expect(text, file).not.to.contain("node_modules/");
    });

  it("change with the code", () => {
    const before = bundleText(write({ "handler.ts": "export const handler = async () => 1;" }));
    expect(bundleText(write({ "handler.ts": "export const handler = async () => 2;" }))).not.to.equal(before);
  });

  it("have a source map when one is wanted, which leads to the line and holds no source", () => {
    const entry = write({
      "app/handler.ts": 'import { fail } from "../lib/fail.ts";\nexport const handler = async () => fail();',
      "lib/fail.ts":
        "interface Unused { a: string }\n\nexport function fail(): never {\n  throw new Error('lost');\n}\n",
    });
    expect(Object.keys(bundle(entry))).to.deep.equal(["index.mjs"]);
    const { "index.mjs": text = "", "index.mjs.map": map = "" } = bundle(entry, { sourceMap: true });
    expect(text).to.match(/\n\/\/# sourceMappingURL=index\.mjs\.map\n$/);
    expect(map).not.to.contain("lost");
    const payload = JSON.parse(map) as SourceMapPayload;
    expect(payload.sources).to.deep.equal(["../lib/fail.ts", "handler.ts"]);
    const before = text.slice(0, text.indexOf("new Error")).split("\n");
    const found = new SourceMap(payload).findEntry(before.length - 1, before.at(-1)?.length ?? 0);
    expect(found).to.include({ originalSource: "../lib/fail.ts", originalLine: 3 });
  });

  describe("that are split", () => {
    /** Writes the files of a split bundle, and loads it as Lambda does. */
    async function load(entry: string, options = { splitting: true }) {
      const files = bundle(entry, options);
      const task = join(folder, "task");
      write(Object.fromEntries(Object.entries(files).map(([name, text]) => [join("task", name), text])));
      const { handler } = (await import(pathToFileURL(join(task, "index.mjs")).href)) as {
        handler: (event?: unknown) => Promise<unknown>;
      };
      return { files, handler };
    }

    const LATE_STORE = {
      "handler.ts":
        'import { state } from "./state.ts";\nexport const handler = async () => {\n  state.log.push("called");\n' +
        '  const { put } = await import("./store.ts");\n  put();\n  return state.log;\n};',
      "store.ts":
        'import { state } from "./state.ts";\nstate.log.push("loaded");\n' +
        'export const put = () => state.log.push("put");\nexport function fail() { throw new Error("lost"); }',
      "state.ts": 'export const state = { log: ["state"] };',
    };

    it("load what an import() needs when it runs, once, and share modules with it", async () => {
      const { files, handler } = await load(write(LATE_STORE));
      expect(Object.keys(files)).to.deep.equal(["chunk-00000001.mjs", "index.mjs", "store-00000002.mjs"]);
      expect(await handler()).to.deep.equal(["state", "called", "loaded", "put"]);
      expect(await handler()).to.deep.equal(["state", "called", "loaded", "put", "called", "put"]);
    });

    it("are one file when nothing is imported late, the same as without splitting", async () => {
      const entry = write({ "handler.ts": "export const handler = async () => 1;" });
      expect(bundle(entry, { splitting: true })).to.deep.equal(bundle(entry));
      expect(Object.keys(bundle(write(LATE_STORE)))).to.deep.equal(["index.mjs"]);
    });

    it("have a source map for each file, which leads to the line", () => {
      const files = bundle(write(LATE_STORE), { splitting: true, sourceMap: true });
      const text = files["store-00000002.mjs"] ?? "";
      expect(text).to.match(/\n\/\/# sourceMappingURL=store-00000002\.mjs\.map\n$/);
      const payload = JSON.parse(files["store-00000002.mjs.map"] ?? "") as SourceMapPayload;
      const before = text.slice(0, text.indexOf('.push("put")')).split("\n");
      const found = new SourceMap(payload).findEntry(before.length - 1, before.at(-1)?.length ?? 0);
      expect(found).to.include({ originalSource: "store.ts", originalLine: 2 });
    });

    it("have no file that is never loaded", async () => {
      const { files, handler } = await load(
        write({
          "handler.ts": 'import { one } from "./lib.ts";\nexport const handler = async () => one;',
          "lib.ts": 'export const one = 1;\nexport const load = () => import("./never.ts");',
          "never.ts": "export const never = 0;",
          "package.json": '{ "sideEffects": false }',
        }),
      );
      expect(Object.keys(files).filter((name) => name.startsWith("never"))).to.deep.equal([]);
      expect(await handler()).to.equal(1);
    });

    it("are refused where a late file needs a module that Node.js does not have", () => {
      const entry = write({
        "handler.ts": 'export const handler = async () => (await import("./late.ts")).x;',
        "late.ts": 'import { x } from "node:fs/promise";\nexport { x };',
      });
      expect(() => bundle(entry, { splitting: true })).to.throw(
        /imports node:fs\/promise, which Node\.js does not have$/,
      );
    });

    for (const [name, sdk] of [
      ["replicator", "sts-session"],
      ["archiver", "firehose-delivery-stream"],
    ])
      it(`load S3's client of the ${name} with the first object that it parks`, () => {
        const files = bundle(join(root, "functions", `${name}`, "handler.ts"), { splitting: true });
        const loadedWith = (file: string, loaded = new Set<string>()) => {
          if (loaded.has(file)) return loaded;
          loaded.add(file);
          for (const [, next = ""] of (files[file] ?? "").matchAll(/(?:from|import)"\.\/([^"]+)"/g))
            loadedWith(next, loaded);
          return loaded;
        };
        const holders = Object.keys(files).filter((file) => files[file]?.includes("PutObjectTagging"));
        const client = Object.keys(files).find((file) => file.startsWith(`${sdk}-`)) ?? "";
        const before = [...loadedWith("index.mjs"), ...loadedWith(client)];
        expect(files["index.mjs"]).to.contain(`import("./${client}")`);
        expect(holders.length, "the test looks for a word that S3's client has").to.be.greaterThan(0);
        expect(before.filter((file) => holders.includes(file))).to.deep.equal([]);
      });
  });

  describe("do what bundlers are known to break", () => {
    it("CommonJS that requires Node's modules and reads its own folder's name", async () => {
      const entry = write({
        "handler.ts": 'import { told } from "told";\nexport const handler = async () => told();',
        "node_modules/told/package.json": '{ "name": "told", "main": "index.js" }',
        "node_modules/told/index.js":
          'const { EOL } = require("os"); const fs = require("node:fs");\n' +
          "exports.told = () => [EOL, typeof fs.readFileSync, __dirname, __filename, typeof require.resolve];",
      });
      const task = join(folder, "task");
      expect(await answer(entry)).to.deep.equal(["\n", "function", task, join(task, "index.mjs"), "function"]);
    });

    it("an ES module that makes those names itself", async () => {
      const entry = write({
        "handler.ts":
          'import { createRequire } from "node:module";\nimport { dirname } from "node:path";\nimport { fileURLToPath } from "node:url";\n' +
          "const require = createRequire(import.meta.url);\nconst __filename = fileURLToPath(import.meta.url);\nconst __dirname = dirname(__filename);\n" +
          'export const handler = async () => [require("os").EOL, __dirname];',
      });
      expect(await answer(entry)).to.deep.equal(["\n", join(folder, "task")]);
    });

    it("names of classes and functions, JSON, dynamic imports, top-level await", async () => {
      const entry = write({
        "handler.ts":
          'import settings from "./settings.json" with { type: "json" };\nconst later = await Promise.resolve("waited");\n' +
          "class TableGone extends Error { override readonly name = this.constructor.name; }\nfunction plain() {}\n" +
          'export const handler = async () => [new TableGone().name, TableGone.name, plain.name, settings.size, later, (await import("./more.ts")).more];',
        "settings.json": '{ "size": 3 }',
        "more.ts": 'export const more = "more";',
      });
      expect(await answer(entry)).to.deep.equal(["TableGone", "TableGone", "plain", 3, "waited", "more"]);
    });

    it("but for names where they are not kept, which makes less code", () => {
      const entry = write({
        "handler.ts": "function plainName() {}\nexport const handler = async () => plainName.name;",
      });
      expect(bundleText(entry)).to.contain("plainName");
      expect(bundle(entry, { keepNames: false })["index.mjs"]).not.to.contain("plainName");
    });

    it("an entry in CommonJS", async () => {
      expect(
        await answer(write({ "handler.cjs": "exports.handler = async (event) => ({ got: event });" }), 1),
      ).to.deep.equal({
        got: 1,
      });
      const passedOn = {
        "handler.cjs": 'module.exports = require("./own.cjs");',
        "own.cjs": "exports.handler = async () => 1;",
      };
      expect(bundleText(write(passedOn))).to.contain("handler");
    });

    it("a package whose CommonJS form is a function, required where an import of it is bundled too", async () => {
      const entry = write({
        "handler.ts":
          'import { ask } from "asker";\nimport fetch from "fetcher";\nimport { part } from "fetcher/part.js";\n' +
          "export const handler = async () => [ask(), fetch(), part];",
        "node_modules/asker/package.json": '{ "name": "asker", "main": "index.js" }',
        "node_modules/asker/index.js": 'const fetch = require("fetcher"); exports.ask = () => fetch();',
        "node_modules/fetcher/package.json":
          '{ "name": "fetcher", "main": "./lib/index.js", "module": "./lib/index.mjs" }',
        "node_modules/fetcher/lib/index.js": 'module.exports = () => "fetched";',
        "node_modules/fetcher/lib/index.mjs": 'export default () => "fetched";',
        "node_modules/fetcher/part.js": 'exports.part = "part";',
      });
      expect(await answer(entry)).to.deep.equal(["fetched", "fetched", "part"]);
    });
  });

  describe("are refused for what would fail at the first invocation", () => {
    const refused = (title: string, files: Readonly<Record<string, string>>, message: RegExp) =>
      it(title, () => {
        const entry = write(files);
        expect(() => bundle(entry)).to.throw(message);
      });

    refused(
      "an import that cannot be resolved, with its place",
      { "handler.ts": 'import { x } from "no-such-package";\nexport const handler = x;' },
      /handler\.ts:1:18: ERROR: Could not resolve "no-such-package"/,
    );
    refused(
      "an import of a name that is not exported",
      {
        "handler.ts": 'import { y } from "./x.ts";\nexport const handler = async () => y;',
        "x.ts": "export const x = 1;",
      },
      /No matching export in "x\.ts" for import "y"/,
    );
    refused(
      "an entry without a handler, with what it exports",
      { "handler.ts": "export const hander = async () => 1;\nexport const other = 2;" },
      /handler\.ts exports hander, other, and no handler: write export const handler = async \(event\) => \{ … \}$/,
    );
    refused(
      "an entry that exports its handler as the default",
      { "handler.ts": "export default async () => 1;" },
      /exports default, and no handler/,
    );
    refused("an empty entry", { "handler.ts": "" }, /exports nothing, and no handler/);
    refused(
      "an entry in CommonJS without a handler",
      { "handler.cjs": "exports.main = async () => 1;" },
      /handler\.cjs exports nothing, and no handler/,
    );
    refused("a mistake of syntax", { "handler.ts": "export const handler = async () => {" }, /Unexpected end of file/);
    refused(
      "a module that Node.js does not have",
      { "handler.ts": 'import { x } from "node:fs/promise";\nexport const handler = async () => x;' },
      /handler\.ts imports node:fs\/promise, which Node\.js does not have$/,
    );
    for (const file of ["addon.node", "code.wasm"])
      refused(
        `a file that is neither JavaScript nor JSON: ${file}`,
        { "handler.ts": `import x from "./${file}";\nexport const handler = async () => x;`, [file]: "binary" },
        /No loader is configured for "\.(node|wasm)" files[\s\S]*A bundle is JavaScript and JSON/,
      );

    it("but not a module that only a newer Node.js has", () => {
      const entry = write({
        "handler.ts": 'import { DatabaseSync } from "node:sqlite";\nexport const handler = async () => DatabaseSync;',
      });
      expect(bundleText(entry)).to.contain("node:sqlite");
    });
  });
});
