import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
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

describe("a run with --json", () => {
  const folder = mkdtempSync(join(tmpdir(), "tributary-run-"));
  after(() => rmSync(folder, { recursive: true }));

  it("reads standard input, prints what programs read, names the refused lines, keeps the buckets in --data-dir, stays up, and ends cleanly at Ctrl-C", async () => {
    const stop = new AbortController();
    const output = recordedOutput();
    const { line } = output;
    output.line = (text) => {
      line(text);
      if (text?.includes("Ctrl-C ends them")) setImmediate(() => stop.abort("SIGINT"));
    };
    const code = await withStandardInput('{"n":1}\n\nnot json\n{"n":2}\n[3]\n', () =>
      start(parseOptions(["--json", "--input", "-", "--data-dir", folder]), {
        projectDir,
        output,
        stop: stop.signal,
        startProgram: startInProcess,
      }),
    );
    const [ready, ledger, ...more] = output.printed as Record<string, unknown>[];
    expect(more).to.deep.equal([]);
    expect(ready).to.include({ type: "ready" });
    expect(ready).to.have.all.keys("type", "gatewayUrl", "apiKey", "accounts", "outputs");
    expect(ready?.["gatewayUrl"]).to.match(/^http:\/\/127\.0\.0\.1:\d+\/_aws\/execute-api\/\w+\/v1$/);
    const accounts = ready?.["accounts"] as Record<string, string>[];
    expect(accounts.map(({ name, accountId, region }) => [name, accountId, region])).to.deep.equal([
      ["prod", "111111111111", "us-east-1"],
      ["poc", "222222222222", "us-east-1"],
    ]);
    for (const account of accounts)
      expect(account).to.include.all.keys("endpointUrl", "accessKeyId", "secretAccessKey");
    const outputs = ready?.["outputs"] as Record<string, Record<string, unknown>>;
    expect(outputs["prod"]?.["apiKey"]).to.equal("[secret]");
    expect(outputs["poc"]?.["tableName"]).to.be.a("string");
    expect(ledger).to.deep.equal({
      type: "ledger",
      sent: 4,
      accepted: 2,
      refused: 2,
      unacknowledged: 0,
      changed: 0,
      stored: 2,
      parked: 0,
      archived: 2,
      lost: 0,
      result: "refused",
      exitCode: 2,
      open: [],
    });
    expect(output.lines.join("\n")).to.match(/line 3: refused with 400: .*\n.*line 5: refused with 400/);
    expect(output.lines.at(-1)).to.equal(
      "stopped. Every sum closes, but 2 of 4 events were refused. If that is expected: --allow-refused. Exit code 2.",
    );
    expect(code).to.equal(2);
    expect(readdirSync(join(folder, "222222222222"))).to.have.length(1);
  });
});

/** Runs with another standard input, which ends after the text. */
async function withStandardInput<T>(text: string, run: () => Promise<T>): Promise<T> {
  const own = Object.getOwnPropertyDescriptor(process, "stdin") ?? {};
  Object.defineProperty(process, "stdin", { configurable: true, value: Readable.from([Buffer.from(text)]) });
  try {
    return await run();
  } finally {
    Object.defineProperty(process, "stdin", own);
  }
}

describe("a run that is asked to end", () => {
  it("after the deployment says how far it came, and is no success", async () => {
    const stop = new AbortController();
    const output = recordedOutput();
    const { line } = output;
    output.line = (text) => {
      line(text);
      if (text?.includes("To send an event yourself")) stop.abort("SIGINT");
    };
    const startProgram = startInProcess;
    const code = await start(parseOptions(["--once"]), { projectDir, output, stop: stop.signal, startProgram });
    expect(output.lines.at(-1)).to.equal(
      "stopped by SIGINT before everything had arrived: 0 events sent, 0 in the stream, 0 stored, 0 parked, 0 still open. Nothing is proved. Exit code 130.",
    );
    expect(code).to.equal(130);
  });

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
