import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { expect } from "chai";
import { UserError } from "../../../local/kernel/errors.ts";
import { parseRehearseOptions } from "../../../local/rehearse/options.ts";

const projectDir = resolve(import.meta.dirname, "../../..");

describe("npm run rehearse", () => {
  it("reads its options", () => {
    expect(parseRehearseOptions(["--base", "origin/main"])).to.deep.equal({
      base: "origin/main",
      head: undefined,
      engine: undefined,
      summary: undefined,
      json: false,
      keep: false,
      help: false,
    });
    const all = ["--base", "v1", "--head", "topic", "--engine", "embedded", "--summary", "s.md", "--json", "--keep"];
    expect(parseRehearseOptions(all)).to.include({ head: "topic", engine: "embedded", summary: "s.md", keep: true });
    expect(parseRehearseOptions(["--help"]).help).to.equal(true);
  });

  it("reports all mistakes at once, each with what is allowed", () => {
    expect(() => parseRehearseOptions(["--engine", "terraform"])).to.throw(
      UserError,
      /--base is missing.*npm run rehearse -- --base main\n--engine is "terraform", allowed are pulumi and embedded/s,
    );
    expect(() => parseRehearseOptions(["--base", "main", "--heda", "x"])).to.throw(UserError, "--heda");
    expect(() => parseRehearseOptions(["--base", "main", "topic"])).to.throw(UserError, "topic");
  });

  it("ends at once with exit code 1, no stack, and what to type, when there is no such base", () => {
    const args = ["load-typescript.mjs", "local/rehearse/main.ts", "--base", "no-such-branch", "--json"];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: projectDir, encoding: "utf8" });
    expect([status, stdout]).to.deep.equal([1, ""]);
    // The project's own folder need not be a clone, or may be a shallow one, and there need not be a git.
    expect(stderr).to.match(
      /^--base "no-such-branch" .*git fetch origin no-such-branch|is not in a git clone|no program "git"/m,
    );
    expect(stderr).not.to.match(/^\s+at /m);
  });
});
