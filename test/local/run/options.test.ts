import { expect } from "chai";
import { UserError } from "../../../local/kernel/errors.ts";
import { parseOptions } from "../../../local/run/options.ts";

function mistakes(...args: string[]): string {
  try {
    parseOptions(args);
  } catch (error) {
    expect(error).to.be.instanceOf(UserError);
    return (error as Error).message;
  }
  throw new Error(`accepted: ${args.join(" ")}`);
}

describe("the options of npm start", () => {
  it("has defaults that run the built-in sample and stay up", () => {
    expect(parseOptions([])).to.include({
      once: false,
      json: false,
      port: 0,
      events: 1000,
      seed: 1,
      clockMode: "jump",
      isEmpty: false,
    });
  });

  it("reads every option", () => {
    const options = parseOptions([
      "--input",
      "-",
      "--once",
      "--json",
      "--rate",
      "50",
      "--port",
      "4600",
      "--data-dir",
      "out",
      "--clock",
      "real",
    ]);
    expect(options).to.include({
      input: "-",
      once: true,
      json: true,
      rate: 50,
      port: 4600,
      dataDir: "out",
      clockMode: "real",
    });
  });

  it("reports all mistakes at once, each with the value and what is allowed", () => {
    const text = mistakes("--port", "99999", "--rate", "fast", "--clock", "slow");
    expect(text).to.contain('--port is "99999"').and.contain("0 to 65535");
    expect(text).to.contain('--rate is "fast"');
    expect(text).to.contain('--clock is "slow", allowed are jump and real');
  });

  it("names an option that does not exist and shows the help", () => {
    expect(mistakes("--frist")).to.contain("--frist").and.contain("npm start -- [options]");
  });

  it("refuses conflicting options", () => {
    expect(mistakes("--input", "x", "--events", "5")).to.contain("--events belongs to the built-in sample");
    expect(mistakes("--input", "x", "--seed", "5")).to.contain("--seed belongs to the built-in sample and to --faults");
    expect(parseOptions(["--input", "x", "--seed", "5", "--faults", "s3:PutObject error 5%"])).to.include({ seed: 5 });
    expect(mistakes("--empty", "--once")).to.contain("npm run local is the cloud alone");
  });

  it("reads the options of npm run local, which belong to nothing else", () => {
    const args = ["--provider-port", "4700", "--env-file", "env", "--backend", "state"];
    expect(parseOptions(["--empty", ...args])).to.include({ providerPort: 4700, envFile: "env", backend: "state" });
    expect(parseOptions(["--empty"])).to.include({ providerPort: 0, envFile: undefined, backend: undefined });
    expect(mistakes(...args).split("\n")).to.deep.equal([
      "--provider-port belongs to npm run local: npm run local -- --provider-port 4700",
      "--env-file belongs to npm run local: npm run local -- --env-file env",
      "--backend belongs to npm run local: npm run local -- --backend state",
    ]);
  });
});
