import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { expect } from "chai";
import { writtenBundle } from "../../components/bundled-function/kept-bundle.ts";

describe("a function's written bundle", () => {
  const workingDirectory = process.cwd();
  let folder: string;
  let entry: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "kept-bundle-")));
    process.chdir(folder);
    write("project/node_modules/pkg/package.json", '{ "main": "one.js", "version": "1.0.0" }');
    write("project/node_modules/pkg/one.js", 'exports.pkg = "package one";');
    write("project/node_modules/pkg/two.js", 'exports.pkg = "package two";');
    write("project/functions/own/part.js", 'export const part = "part one";');
    const text = `import { part } from "./part"; import { pkg } from "pkg"; export const handler = () => [part, pkg];`;
    entry = write("project/functions/own/handler.js", text);
  });
  afterEach(() => {
    process.chdir(workingDirectory);
    rmSync(folder, { recursive: true });
  });

  function write(name: string, text: string): string {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  function bundleText(options = {}): string {
    return readFileSync(writtenBundle(entry, options)["index.mjs"] ?? "", "utf8");
  }

  /**
   * Bundles until the bundle is kept, which what has just been written may not be at once, and marks what is kept.
   * @param others stamps that the kept bundle has instead of its own, by path; default none.
   */
  function keepMarked(others: Readonly<Record<string, string>> = {}): void {
    bundleText();
    bundleText();
    const kept = join(folder, ".tributary/bundles");
    const [list = "", ...more] = readdirSync(kept).filter((name) => name.endsWith(".json"));
    expect(more).to.deep.equal([]);
    const { stamps } = JSON.parse(readFileSync(join(kept, list), "utf8")) as { stamps: Record<string, string | null> };
    expect(Object.keys(stamps)).to.include.members(Object.keys(others));
    const files = { "index.mjs": write("marked", "marked") };
    writeFileSync(join(kept, list), JSON.stringify({ stamps: { ...stamps, ...others }, files }));
  }

  it("is taken again while nothing has changed, and made for other options", () => {
    keepMarked();
    expect(bundleText()).to.equal("marked");
    expect(bundleText({ splitting: true }))
      .to.contain("part one")
      .and.contain("package one");
  });

  it("is not kept when what it is made of may have changed since", () => {
    const { now } = Date;
    // As if the bundling had begun before anything was written.
    Date.now = () => 0;
    try {
      expect(bundleText()).to.contain("part one");
    } finally {
      Date.now = now;
    }
    expect(readdirSync(join(folder, ".tributary/bundles")).filter((name) => name.endsWith(".json"))).to.deep.equal([]);
  });

  it("is made again when a file of it is removed", () => {
    keepMarked();
    rmSync(join(folder, "marked"));
    expect(bundleText()).to.contain("part one");
  });

  const { resolve } = createRequire(import.meta.url);
  for (const file of ["esbuild/package.json", "../../components/bundled-function/bundle.ts"]) {
    it(`is made again when it was made by another bundler: by another ${basename(file)}`, () => {
      keepMarked({ [resolve(file)]: "another" });
      expect(bundleText()).to.contain("part one");
    });
  }

  const changes: Readonly<Record<string, { change: () => void; text: string }>> = {
    "a file has changed": {
      change: () => write("project/functions/own/part.js", 'export const part = "part two";'),
      text: "part two",
    },
    "another file is found first": {
      change: () => write("project/functions/own/part.ts", 'export const part: string = "part three";'),
      text: "part three",
    },
    "a package has another main file": {
      change: () => write("project/node_modules/pkg/package.json", '{ "main": "two.js", "version": "1.0.0" }'),
      text: "package two",
    },
    "a package is found nearer": {
      change: () => write("project/functions/node_modules/pkg/index.js", 'exports.pkg = "package three";'),
      text: "package three",
    },
  };
  for (const [name, { change, text }] of Object.entries(changes)) {
    it(`is made again when ${name}`, () => {
      keepMarked();
      change();
      expect(bundleText()).to.contain(text);
    });
  }
});
