import { execFile } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { projectDir } from "./support/system.ts";

/** Runs Node in a project's folder. */
function runNode(cwd: string, ...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

/** Runs a TypeScript file of a project through `load-typescript.mjs`. */
function run(folder: string, ...args: readonly string[]): ReturnType<typeof runNode> {
  return runNode(folder, join(folder, "load-typescript.mjs"), ...args);
}

const WEEK_AND_HOUR_SECONDS = (7 * 24 + 1) * 3600;

describe("load-typescript.mjs", () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "load typescript à ")));
    copyFileSync(join(projectDir, "load-typescript.mjs"), join(folder, "load-typescript.mjs"));
    symlinkSync(join(projectDir, "node_modules"), join(folder, "node_modules"));
    mkdirSync(join(folder, "parts"));
    write(
      "main.ts",
      'import { part } from "./parts/part.ts";\nconsole.log(JSON.stringify(part(process.argv.slice(1))));',
    );
    writePart("first");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(file: string, text: string): void {
    writeFileSync(join(folder, file), text);
  }

  function writePart(text: string): void {
    const { url, dirname } = { url: "import.meta.url", dirname: "import.meta.dirname" };
    const part = `({ text: ${JSON.stringify(text)}, args, url: ${url}, dirname: ${dirname}, name: "import.meta.url" })`;
    write("parts/part.ts", `export const part = (args: readonly string[]) => ${part};`);
  }

  /** Folders of made code. */
  const made = () => readdirSync(join(folder, ".tributary/code")).filter((name) => !name.endsWith(".json"));

  it("gives a file its arguments, and each module its own import.meta", async () => {
    const { stdout } = await run(folder, "main.ts", "--option", "value");
    expect(JSON.parse(stdout)).to.deep.equal({
      text: "first",
      args: [join(folder, "main.ts"), "--option", "value"],
      url: pathToFileURL(join(folder, "parts/part.ts")).href,
      dirname: join(folder, "parts"),
      name: "import.meta.url",
    });
  });

  it("loads what it made before, and makes it again when a file has changed, whatever its time says", async () => {
    await run(folder, "main.ts");
    const [before = ""] = made();
    const code = join(folder, ".tributary/code", before, "main.mjs");
    writeFileSync(code, readFileSync(code, "utf8").replace('"first"', '"made"'));
    expect((await run(folder, "main.ts")).stdout).to.contain('"made"');
    writePart("other");
    utimesSync(join(folder, "parts/part.ts"), 1, 1);
    expect((await run(folder, "main.ts")).stdout).to.contain('"other"');
    expect(made()).to.have.length(2);
  });

  it("keeps what is made out of version control", async () => {
    await run(folder, "main.ts");
    expect(readFileSync(join(folder, ".tributary/.gitignore"), "utf8")).to.equal("*\n");
  });

  it("removes what nobody has started for a week: other code, and the drafts of killed processes", async () => {
    await run(folder, "main.ts");
    const [old = ""] = made();
    mkdirSync(join(folder, ".tributary/code/other-0123456789abcdef.draft"));
    for (const name of made()) makeOld(name);
    writePart("other");
    await run(folder, "main.ts");
    expect(made()).to.have.length(1).and.not.include(old);
  });

  it("keeps old code that a process has been started with since", async () => {
    await run(folder, "main.ts");
    const [old = ""] = made();
    makeOld(old);
    await run(folder, "main.ts");
    writePart("other");
    await run(folder, "main.ts");
    expect(made()).to.have.length(2).and.include(old);
  });

  function makeOld(name: string): void {
    const seconds = Date.now() / 1000 - WEEK_AND_HOUR_SECONDS;
    utimesSync(join(folder, ".tributary/code", name), seconds, seconds);
  }

  it("makes the code again when half of its list was written", async () => {
    await run(folder, "main.ts");
    for (const rest of ["", '{"project":', "null"]) {
      write(".tributary/code/main.json", rest);
      expect(await run(folder, "main.ts"), rest).to.include({ code: 0, stderr: "" });
    }
  });

  it("runs a copy's own code, which brings the list of the original along", async () => {
    await run(folder, "main.ts");
    const copy = `${folder} copy`;
    try {
      cpSync(folder, copy, { recursive: true, verbatimSymlinks: true });
      writeFileSync(join(copy, "parts/part.ts"), 'export const part = (): string => "copy";\n');
      expect((await run(copy, "main.ts")).stdout).to.equal('"copy"\n');
    } finally {
      rmSync(copy, { recursive: true });
    }
  });

  it("is started through a symbolic link too", async () => {
    const link = join(folder, "link");
    symlinkSync(folder, link);
    expect((await run(link, "main.ts")).stdout).to.contain('"first"');
  });

  it("makes the same code in two processes at once", async () => {
    const ends = await Promise.all([run(folder, "main.ts"), run(folder, "main.ts"), run(folder, "main.ts")]);
    for (const end of ends) expect(end).to.include({ code: 0, stderr: "" });
    expect(made()).to.have.length(1);
  });

  it("uses a loader where nothing can be written", async () => {
    write("package.json", '{ "type": "module" }');
    // The superuser may write into a folder whatever its mode is.
    write(
      "read-only.mjs",
      `import fs from "node:fs";
      import { syncBuiltinESMExports } from "node:module";
      const { mkdirSync } = fs;
      fs.mkdirSync = (path, options) => {
        if (path.includes(".tributary")) throw Object.assign(new Error("read-only"), { code: "EROFS" });
        return mkdirSync(path, options);
      };
      syncBuiltinESMExports();`,
    );
    const { code, stdout, stderr } = await runNode(
      folder,
      "--import",
      "./read-only.mjs",
      "load-typescript.mjs",
      "main.ts",
    );
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).to.deep.include({ text: "first", args: [join(folder, "main.ts")] });
  });

  it("lets errors name files and lines of the TypeScript", async () => {
    write(
      "parts/part.ts",
      "\ninterface Part {}\nexport const part = (): Part => {\n  throw new Error('no part');\n};\n",
    );
    const { code, stderr } = await run(folder, "main.ts");
    expect(code).to.equal(1);
    expect(stderr)
      .to.contain("Error: no part")
      .and.to.contain(`(${join(folder, "parts/part.ts")}:4:9)`);
  });

  it("says where a file is not TypeScript, without a stack", async () => {
    write("parts/part.ts", "export const part = ;\n");
    const { code, stderr } = await run(folder, "main.ts");
    expect(code).to.equal(1);
    expect(stderr)
      .to.contain('[ERROR] Unexpected ";"')
      .and.to.contain("parts/part.ts:1:20:")
      .and.not.to.match(/^\s+at /m);
  });

  it("says what to type when the packages are not installed", async () => {
    rmSync(join(folder, "node_modules"));
    const { code, stderr } = await run(folder, "main.ts");
    expect({ code, stderr }).to.deep.equal({
      code: 1,
      stderr: `The packages are not installed in ${folder}. Type: npm ci\n`,
    });
  });
});
