import { execFile } from "node:child_process";
import {
  copyFileSync,
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

/** Runs a TypeScript file of a project through `load-typescript.mjs`. */
function run(folder: string, ...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ["load-typescript.mjs", ...args], { cwd: folder }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

describe("load-typescript.mjs", () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "load-typescript-")));
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

  it("removes code that is a week old and not of now", async () => {
    await run(folder, "main.ts");
    const [old = ""] = made();
    utimesSync(join(folder, ".tributary/code", old), 1, 1);
    writePart("other");
    await run(folder, "main.ts");
    expect(made()).to.have.length(1).and.not.include(old);
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

  it("says where a file is not TypeScript", async () => {
    write("parts/part.ts", "export const part = ;\n");
    const { code, stderr } = await run(folder, "main.ts");
    expect(code).to.equal(1);
    expect(stderr).to.contain("parts/part.ts:1:20: ERROR: ");
  });
});
