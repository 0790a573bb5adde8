import { expect } from "chai";
import { benchHelp, DEFAULT_BASE, DEFAULT_ROUNDS, parseBenchOptions } from "../../bench/options.ts";

const SECTIONS = ["replicator", "system"];
const parse = (...args: readonly string[]) => parseBenchOptions(args, SECTIONS);

describe("bench/options", () => {
  it("run everything by default", () => {
    expect(parse()).to.deep.equal({
      only: [],
      rounds: DEFAULT_ROUNDS,
      long: false,
      base: DEFAULT_BASE,
      docs: false,
      json: false,
      strict: false,
      help: false,
    });
  });

  it("choose sections, rounds and a base", () => {
    const args = ["--only", "system", "--only", "replicator", "--rounds", "9", "--base", "main", "--strict", "--long"];
    expect(parse(...args)).to.deep.include({
      only: ["system", "replicator"],
      rounds: 9,
      base: "main",
      strict: true,
      long: true,
    });
  });

  it("report all mistakes at once, with what is allowed", () => {
    const lines = [
      '--rounds is "0", allowed is a whole number from 1 to 1000, such as --rounds 4',
      '--only is "gateway", allowed are replicator, system',
      '--base is "": a branch, a tag or a commit, such as --base f67e38e',
    ];
    expect(() => parse("--rounds", "0", "--only", "gateway", "--base", "")).to.throw(lines.join("\n"));
    expect(() => parse("--fast")).to.throw("Unknown option '--fast'");
  });

  it("are all in the help", () => {
    const help = benchHelp(SECTIONS);
    for (const name of ["only", "rounds", "long", "base", "strict", "docs", "json", "help"])
      expect(help).to.include(`--${name}`);
    expect(help).to.include("replicator, system");
  });
});
