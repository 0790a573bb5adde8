import { expect } from "chai";
import { UserError } from "../../../local/kernel/errors.ts";
import { readCommandLine } from "../../../local/run/command-line.ts";

const options = {
  once: { type: "boolean" },
  json: { type: "boolean" },
  input: { type: "string" },
  "data-dir": { type: "string" },
} as const;

function read(args: readonly string[], environment: Record<string, string>) {
  return readCommandLine(args, options, "the help", environment);
}

function refusalOf(args: readonly string[], environment: Record<string, string>): string {
  try {
    read(args, environment);
  } catch (error) {
    expect(error).to.be.instanceOf(UserError);
    return (error as Error).message;
  }
  throw new Error("accepted");
}

describe("a command line under npm", () => {
  it("without -- is refused with the command to type", () => {
    // What npm 11.19 makes of: npm start --once --input foo.jsonl
    const environment = {
      npm_lifecycle_event: "start",
      npm_config_once: "true",
      npm_config_input: "true",
      npm_config_yes: "",
    };
    expect(refusalOf(["foo.jsonl"], environment)).to.equal(
      `npm has consumed --once and --input: the program's options come after "--". ` +
        "Type: npm start -- --once --input foo.jsonl",
    );
    // With two values, which npm does not assign to their options.
    expect(refusalOf(["foo.jsonl", "x"], { ...environment, npm_config_data_dir: "true" })).to.contain(
      "Type: npm start -- --once --input … --data-dir …",
    );
  });

  it("keeps the options after --, and names the script", () => {
    const environment = { npm_lifecycle_event: "prove", npm_config_input: "events.jsonl" };
    expect(refusalOf(["--once"], environment)).to.contain("Type: npm run prove -- --once --input events.jsonl");
  });

  it("accepts options after --, with npm's own settings, and without npm", () => {
    expect(read(["--once"], { npm_lifecycle_event: "start", npm_config_json: "true", npm_config_yes: "" })).to.include({
      once: true,
    });
    expect(read(["--input", "x"], { npm_config_once: "true" })).to.include({ input: "x" });
  });
});
