import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import type { StartProgram } from "../../../local/engine/program.ts";
import { parseOptions } from "../../../local/run/options.ts";
import { start } from "../../../local/run/start.ts";
import { failureOf } from "../../support/failure-of.ts";
import { startInProcess } from "../../support/in-process.ts";
import { recordedOutput } from "../../support/recorded-output.ts";
import { projectDir } from "../../support/system.ts";

describe("before a run creates or starts anything", () => {
  const folder = mkdtempSync(join(tmpdir(), "tributary-start-"));
  const input = join(folder, "events.jsonl");
  writeFileSync(input, '{"n":1}\n');
  after(() => rmSync(folder, { recursive: true }));

  let runs: number;
  let output: ReturnType<typeof recordedOutput>;
  beforeEach(() => {
    runs = 0;
    output = recordedOutput();
  });

  /** Starts with a run that only counts; everything that deploys is in the run. */
  function started(...args: string[]): Promise<number> {
    const run = async () => {
      runs++;
      return 0;
    };
    return start(parseOptions(args), { projectDir, output, stop: new AbortController().signal, run });
  }

  async function refusalOf(...args: string[]): Promise<string> {
    const message = await failureOf(started(...args));
    expect(runs, "nothing was run").to.equal(0);
    return message;
  }

  it("reports an input that is missing, a directory, empty or unreadable", async () => {
    const files = {
      blank: "\n \n\t\n",
      empty: "",
      "empty.gz": gzipSync(""),
      "broken.gz": Buffer.from([0x1f, 0x8b, 1]),
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const told = async (name: string) => refusalOf("--input", join(folder, name));
    expect(await told("nowhere.jsonl")).to.contain('nowhere.jsonl". Give a file of JSON lines, plain or .gz');
    expect(await told(".")).to.contain("is a directory. Give a file of JSON lines");
    for (const name of ["blank", "empty", "empty.gz"]) {
      expect(await told(name)).to.contain(`${name}" is empty. Give a file with at least one event`);
    }
    expect(await told("broken.gz")).to.match(/broken\.gz" could not be read: /);
    expect(output.lines, "the first line is for a run that can begin").to.deep.equal([]);
  });

  it("reports a data folder that cannot be created or written", async () => {
    expect(await refusalOf("--data-dir", "/proc/tributary/data")).to.match(
      /^--data-dir \/proc\/tributary\/data cannot be made: .*Give a folder that you may write to/,
    );
    expect(await refusalOf("--data-dir", input)).to.contain(`--data-dir ${input} cannot be written to: ENOTDIR`);
  });

  it("reports invalid faults together with the rest", async () => {
    const text = await refusalOf("--faults", "kinesis:PutRecords sometimes", "--input", folder);
    expect(text).to.contain("sometimes").and.contain("is a directory");
  });

  it("reports a port in use", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    expect(await refusalOf("--port", String(port))).to.contain(`Port ${port} is in use. Choose another one`);
    await new Promise((resolve) => server.close(resolve));
  });

  it("prints the first line before the run, and creates the empty data folder", async () => {
    const dataDir = join(folder, "new", "data");
    mkdirSync(join(folder, "new"));
    expect(await started("--input", input, "--data-dir", dataDir)).to.equal(0);
    expect(runs).to.equal(1);
    expect(output.lines).to.deep.equal(["Tributary: starting the local cloud, for both accounts."]);
    expect(readdirSync(dataDir)).to.deep.equal([]);
  });
});

describe("a run that is asked to end", () => {
  it("during the deployment ends its program, and says that nothing was sent", async () => {
    const stop = new AbortController();
    const output = recordedOutput();
    const killed = new Set<string>();
    const startProgram: StartProgram = async (calls, options) => {
      const program = await startInProcess(calls, options);
      if (options.stack === "prod") stop.abort("SIGTERM");
      const kill = () => {
        killed.add(options.stack);
        program.kill();
      };
      return { ...program, kill };
    };
    const code = await start(parseOptions(["--once"]), { projectDir, output, stop: stop.signal, startProgram });
    expect(output.lines.some((line) => line.startsWith("deployed poc"))).to.equal(true);
    expect([...killed]).to.deep.equal(["prod"]);
    expect(output.lines.at(-1)).to.equal(
      "stopped by SIGTERM while both stacks were being deployed: nothing was sent. Exit code 143.",
    );
    expect(code).to.equal(143);
  });
});
