import { createWriteStream, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Cloud } from "../cloud.ts";
import { type FaultSpec, parseFaults, readFaults } from "../faults/spec.ts";
import { FrontDoor } from "../front-door/front-door.ts";
import { UserError } from "../kernel/errors.ts";
import { type InputLine, readLines } from "../producer/input.ts";
import { ExitCode, runCommand } from "../run/command-line.ts";
import { createOutput, type Output } from "../run/output.ts";
import { deploySystem, type System } from "../system.ts";
import { proofEvents, repeatedLines } from "./events.ts";
import { faultMix } from "./mixes.ts";
import { type ProveOptions, parseProveOptions, proveHelp } from "./options.ts";
import { type Proof, type ProofRequest, prove } from "./prove.ts";
import { selfTest, Verdict } from "./self-test.ts";

const projectDir = resolve(fileURLToPath(import.meta.url), "../../..");
interface Context {
  readonly system: System;
  readonly options: ProveOptions;
  readonly output: Output;
  /** The lines of --input; undefined: generated events. */
  readonly lines: readonly InputLine[] | undefined;
  /** The faults of --faults; undefined: each seed has its own mix. */
  readonly faults: readonly FaultSpec[] | undefined;
}

async function main(): Promise<number> {
  const options = parseProveOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(`${proveHelp}\n`);
    return ExitCode.Closed;
  }
  const cloud = new Cloud({ traceCapacity: 1000 });
  const faults = options.faults === undefined ? undefined : readFaults(options.faults, cloud.faultable);
  const output = createOutput(options.json ? process.stderr : process.stdout);
  const lines = options.input === undefined ? undefined : await readAll(options.input);
  const frontDoor = new FrontDoor(cloud);
  try {
    await frontDoor.listen();
    output.progress("deploying poc, then prod");
    const system = await deploySystem({ cloud, projectDir, onOutput: (line) => output.line(line) });
    const context = { system, options, output, lines, faults };
    const isClosed = options.isSelfTest ? await trySelf(context) : await proveSeeds(context);
    return isClosed ? ExitCode.Closed : ExitCode.Open;
  } finally {
    await frontDoor.close();
    await cloud.close();
  }
}

async function proveSeeds(context: Context): Promise<boolean> {
  const { system, options, output } = context;
  const totals = { events: 0, lost: 0, duplicated: 0, failed: 0 };
  const startedAt = Date.now();
  for (let index = 0; index < options.seeds; index++) {
    const seed = options.firstSeed + index;
    const lines = context.lines ? repeatedLines(context.lines, options.events) : proofEvents(options.events, seed);
    const faults = context.faults ?? parseFaults(faultMix(seed), system.cloud.faultable);
    const request = { seed, lines, faults };
    const onProgress = (sent: number) =>
      output.progress(progressBar(index + sent / (2 * lines.length), options.seeds, seed));
    const proof = await prove(system, { ...request, onProgress });
    totals.events += proof.sent;
    totals.lost += proof.lost;
    totals.duplicated += proof.duplicated;
    report(options, output, proof);
    if (proof.open.length > 0) {
      totals.failed++;
      await explainFailure(context, proof, request);
    }
  }
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(0);
  const megabytes = Math.round(process.memoryUsage().rss / 1024 / 1024);
  const verdict = totals.failed === 0 ? "every sum closes" : `${totals.failed} of ${options.seeds} seeds do not close`;
  output.line(
    `${totals.events} events over ${options.seeds} seeds: lost ${totals.lost}, duplicated ${totals.duplicated}, ${verdict} (${seconds} s, ${megabytes} MB)`,
  );
  if (options.json) output.json({ type: "total", ...totals, seeds: options.seeds });
  return totals.failed === 0;
}

/** Prints the violations and how to run the seed again, and writes a trace of a second run of it. */
async function explainFailure(
  { system, options, output }: Context,
  proof: Proof,
  request: Omit<ProofRequest, "onTrace">,
): Promise<void> {
  for (const sentence of proof.open) output.line(`  ${sentence}`);
  const file = resolve(options.traceDir, `trace-${proof.seed}.jsonl`);
  mkdirSync(join(file, ".."), { recursive: true });
  const trace = createWriteStream(file);
  const again = await prove(system, { ...request, onTrace: (record) => trace.write(`${JSON.stringify(record)}\n`) });
  await new Promise((done) => trace.end(done));
  const faults = options.faults === undefined ? "" : ` --faults '${options.faults}'`;
  const input = options.input === undefined ? "" : ` --input ${options.input}`;
  output.line(`  again: ${again.open.length > 0 ? "it fails again" : "it did not fail"}; its trace is in ${file}`);
  output.line(`  npm run prove -- --events ${request.lines.length} --seeds 1 --seed ${proof.seed}${input}${faults}`);
}

async function trySelf({ system, options, output }: Context): Promise<boolean> {
  const results = await selfTest(system, options.firstSeed, (result) => {
    output.line(result.sentence);
    if (options.json) output.json({ type: "breakage", ...result });
  });
  const failed = results.filter(({ verdict }) => verdict !== Verdict.Caught);
  const all = `All ${results.length - 1} breakages are caught, and the unbroken system has no violations.`;
  output.line(failed.length === 0 ? all : `Not caught: ${failed.map(({ name }) => name).join(", ")}`);
  return failed.length === 0;
}

function report(options: ProveOptions, output: Output, proof: Proof): void {
  const reasons = Object.entries(proof.parkedByReason)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(", ");
  output.line(
    `${proof.open.length === 0 ? "closed" : "OPEN  "}  seed ${proof.seed}  sent ${proof.sent}  accepted ${proof.accepted}  unacknowledged ${proof.unacknowledged}  resent ${proof.resent}  ` +
      `stored ${proof.stored}  parked ${proof.parked}${reasons ? ` (${reasons})` : ""}  archived ${proof.archived} (twice ${proof.archivedAgain})  ` +
      `retries ${proof.retries}  invocations ${proof.invocations}  lost ${proof.lost}  duplicated ${proof.duplicated}  ` +
      `virtual ${Math.round(proof.virtualMs / 1000)} s  real ${(proof.realMs / 1000).toFixed(1)} s`,
  );
  if (options.json) output.json({ type: "proof", ...proof });
}

function progressBar(done: number, all: number, seed: number): string {
  const width = 30;
  const filled = Math.round((done / all) * width);
  return `[${"#".repeat(filled)}${".".repeat(width - filled)}] ${((100 * done) / all).toFixed(0)} %  seed ${seed}`;
}

async function readAll(file: string): Promise<InputLine[]> {
  const lines: InputLine[] = [];
  for await (const line of readLines(file)) lines.push(line);
  if (lines.length === 0) throw new UserError(`--input: "${file}" has no lines`);
  return lines;
}

await runCommand(main);
