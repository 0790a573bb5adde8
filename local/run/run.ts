import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseYaml } from "yaml";
import type { Cloud } from "../cloud.ts";
import type { StartProgram } from "../engine/program.ts";
import type { FaultSpec } from "../faults/spec.ts";
import { TimerKind } from "../kernel/clock.ts";
import { type Ledger, takeLedger } from "../ledger/ledger.ts";
import { type InputLine, readLines } from "../producer/input.ts";
import { Producer, type SentEvent } from "../producer/producer.ts";
import { sampleEvents } from "../sample/web-analytics.ts";
import {
  deploySystem,
  isSecretOutput,
  planFaults,
  SOURCE_STACK,
  type StackOutputs,
  type System,
  TARGET_STACK,
} from "../system.ts";
import { type AccountAccess, accessLines, accessOf, sendLines } from "./access.ts";
import { ExitCode } from "./command-line.ts";
import { type IamRefusals, watchIamRefusals } from "./iam-refusals.ts";
import { LiveCounts, liveLine } from "./live-counts.ts";
import { showLive } from "./live-line.ts";
import type { RunOptions } from "./options.ts";
import { ledgerTable, type Output, Tone, table } from "./output.ts";
import {
  hasState,
  type PulumiEnvironment,
  pulumiEnvironment,
  removeEnvFile,
  serveProvider,
  shellLines,
  writeEnvFile,
} from "./pulumi-access.ts";
import { stopSignalOf, untilStopped } from "./stop.ts";
import { type CountsSoFar, judge, judgeStopped, lastLine, RunResult, type Verdict } from "./verdict.ts";

/** The context of a run. */
export interface RunContext {
  readonly cloud: Cloud;
  readonly options: RunOptions;
  /** The faults of --faults. */
  readonly faults?: readonly FaultSpec[] | undefined;
  readonly projectDir: string;
  readonly output: Output;
  /** Aborted when the run is to end; the reason is the signal's name. */
  readonly stop: AbortSignal;
  /** How the stacks' programs are started; default: each in a process of its own. */
  readonly startProgram?: StartProgram;
}

/** Limit for the pipeline to become idle, in cloud time; past it the run fails. */
const ARRIVAL_LIMIT_MS = 6 * 3600 * 1000;
/** Number of refused lines that are printed. */
const REFUSALS_SHOWN = 20;

/** Printed at the start where a connection's owner cannot be looked up. */
const OPEN_TO_OTHERS = `The provider's port is open to all users of this machine: only on Linux can a connection's owner be looked up.`;

/**
 * Runs the cloud alone, with the accounts of the stack files and the provider for the pulumi CLI, until a signal. A
 * signal is its normal end.
 * @param onReady called when everything is ready and the environment's file is written.
 * @param platform of this machine, for tests.
 * @returns the exit code.
 */
export async function runEmpty(
  context: RunContext,
  onReady: () => void = () => undefined,
  platform: NodeJS.Platform = process.platform,
): Promise<number> {
  const { cloud, options, projectDir } = context;
  const pulumi = await serveProvider(cloud, options.providerPort, projectDir, platform);
  try {
    const environment = pulumiEnvironment(pulumi.port, options.backend);
    // Written first, so that it exists when the line is printed.
    if (options.envFile !== undefined) writeEnvFile(options.envFile, environment);
    announceEmpty(context, environment);
    if (pulumi.isOpenToOthers) context.output.line(OPEN_TO_OTHERS);
    onReady();
    await untilStopped(context.stop);
    context.output.line("stopped");
    if (options.envFile !== undefined) removeEnvFile(options.envFile, environment);
    return ExitCode.Closed;
  } finally {
    await pulumi.close();
  }
}

function announceEmpty(context: RunContext, environment: PulumiEnvironment): void {
  const accounts = [SOURCE_STACK, TARGET_STACK].map((stack) =>
    accessOf(context.cloud, stackAccount(context.projectDir, stack)),
  );
  if (context.options.json) {
    context.output.json({ type: "ready", gatewayUrl: null, apiKey: null, accounts, outputs: {}, pulumi: environment });
    return;
  }
  const { output } = context;
  output.line("The local cloud is empty. To deploy into it with the pulumi CLI, paste into another shell:");
  printLines(output, shellLines(environment));
  const { backend } = context.options;
  if (backend !== undefined && hasState(backend)) {
    output.line(
      `${backend} has the state of an earlier cloud, whose resources no longer exist: pulumi up --refresh creates them again.`,
    );
    output.line();
  }
  for (const account of accounts) printAccess(output, account);
  output.line("The local cloud stays up: Ctrl-C ends it.");
}

/**
 * Deploys both stacks, sends events through them, takes the ledger. Resolves with the exit code, which the last line
 * contains too.
 */
export async function runSystem(context: RunContext): Promise<number> {
  const { cloud, options, output, stop } = context;
  const refusals = watchIamRefusals(cloud.trace);
  const system = await deploy(context);
  if (!system) return endStopped(context, undefined);
  announceSystem(context, system);
  const live = new LiveCounts(system, refusals);
  const plan = context.faults && planFaults(system, context.faults, options.seed);
  const underFaults = <T>(work: () => Promise<T>) => (plan ? cloud.withFaults(plan, work) : work());
  if (plan) output.line(`Faults with seed ${plan.seed}: ${options.faults}`);

  const events: SentEvent[] = [];
  const unlimited = Number.POSITIVE_INFINITY;
  const { rate } = options;
  const producer = new Producer({
    gatewayUrl: system.gatewayUrl,
    apiKey: system.apiKey,
    clock: cloud.clock,
    stop,
    pace: rate ? { eventsPerSecond: rate, bytesPerSecond: unlimited, requestsPerSecond: unlimited } : system.pace,
    onOutcome: (event) => events.push(event),
    onProgress: (progress) =>
      output.progress(
        `sent ${progress.sent}  accepted ${progress.accepted}  refused ${progress.refused}  sent again ${progress.resent}`,
      ),
  });
  const soFar = (): CountsSoFar => {
    const { sent } = producer.progress;
    return { ...live.read(), sent, unanswered: sent - events.length };
  };
  const hasArrived = await underFaults(async () => {
    await Promise.race([producer.send(inputLines(options)), untilStopped(stop)]);
    if (stop.aborted) return false;
    reportRefusals(output, events);
    output.progress(`all ${events.length} events sent, waiting for the archive's buffers (skipped by the clock)`);
    return Promise.race([arrival(context), untilStopped(stop)]);
  });
  if (stop.aborted) return endStopped(context, soFar());
  // No faults while the ledger reads both accounts.
  const ledger = await takeLedger(system.ledgerSources, events);
  if (plan) for (const [fault, count] of plan.hits) output.line(`fault "${fault}" hit ${count} times`);
  const verdict = conclude(context, ledger, hasArrived === true, refusals);
  if (!options.once) await underFaults(() => stayUp(context, live, verdict));
  else output.line(lastLine(verdict), toneOf(verdict));
  return verdict.exitCode;
}

/** @returns undefined when the run was stopped meanwhile. */
async function deploy({ cloud, output, projectDir, stop, startProgram }: RunContext): Promise<System | undefined> {
  let made = 0;
  try {
    const system = await deploySystem({
      cloud,
      projectDir,
      stop,
      start: startProgram,
      onEvent: ({ action, stack, type, name }) => {
        if (action === "created") made++;
        output.progress(`deploying ${stack}: ${type} ${name} (${made} resources)`);
      },
      onOutput: (line, { severity }) => output.line(severity === "warning" ? `warning: ${line}` : line),
      onDeployed: (stack, resources, milliseconds) =>
        output.line(`deployed ${stack}: ${resources} resources in ${(milliseconds / 1000).toFixed(1)} s`),
    });
    output.line();
    return system;
  } catch (error) {
    // Ctrl-C also reaches the program, which then fails in its own way.
    if (stop.aborted) return undefined;
    throw error;
  }
}

/** Prints the outputs of the stacks and how to use them. */
function announceSystem({ cloud, options, output }: RunContext, system: System): void {
  const { gatewayUrl, apiKey } = system;
  const accounts = [system.source, system.target].map((account) => accessOf(cloud, account));
  const outputs = Object.fromEntries(
    [system.source, system.target].map((account) => [account.name, withoutSecrets(account.outputs)]),
  );
  if (options.json) {
    output.json({ type: "ready", gatewayUrl, apiKey: apiKey ?? null, accounts, outputs });
    return;
  }
  printOutputs(output, outputs);
  const { source, target } = system.ledgerSources;
  printAccess(output, accessOf(cloud, system.source), { STREAM_NAME: source.streamName });
  printAccess(output, accessOf(cloud, system.target), { TABLE_NAME: target.tableName });
  output.line("To send an event yourself:", Tone.Heading);
  printLines(output, sendLines(gatewayUrl, apiKey));
}

/** Prints the ledger and the verdict. */
function conclude(context: RunContext, ledger: Ledger, hasArrived: boolean, refusals: IamRefusals): Verdict {
  const { output, options, cloud } = context;
  const open = [
    ...ledger.open,
    ...(hasArrived ? [] : ["the pipeline did not become idle: see the functions' logs"]),
    ...refusals.ofRoles,
  ];
  const verdict = judge(ledger, open, options.isRefusedAllowed);
  output.line();
  for (const line of ledgerTable(ledger, { source: SOURCE_STACK, target: TARGET_STACK })) output.line(line);
  output.line();
  if (cloud.clock.jumpedMs() > 1000)
    output.line(`The clock skipped ${Math.round(cloud.clock.jumpedMs() / 1000)} s of waiting for buffers.`);
  for (const sentence of open) output.line(`  ${sentence}`);
  if (options.json) {
    const { sent, accepted, refused, unacknowledged, changed, stored, parked, archived, lost } = ledger;
    const counts = { sent, accepted, refused, unacknowledged, changed, stored, parked, archived, lost };
    output.json({ type: "ledger", ...counts, result: verdict.result, exitCode: verdict.exitCode, open });
  }
  return verdict;
}

/** Waits for a signal, which is a normal end here: the verdict stays. */
async function stayUp({ output, stop }: RunContext, live: LiveCounts, verdict: Verdict): Promise<void> {
  output.line(verdict.sentence, toneOf(verdict));
  output.line("Both accounts stay up: Ctrl-C ends them.");
  const endLive = showLive(() => liveLine(live.read()), output);
  await untilStopped(stop);
  endLive();
  output.line(`stopped. ${lastLine(verdict)}`, toneOf(verdict));
}

/** @param counts undefined when the stacks were not deployed yet. */
function endStopped({ output, stop }: RunContext, counts: CountsSoFar | undefined): number {
  const verdict = judgeStopped(stopSignalOf(stop) ?? "SIGINT", counts);
  output.line(lastLine(verdict), Tone.Bad);
  return verdict.exitCode;
}

function toneOf({ result }: Verdict): Tone {
  return result === RunResult.Closed ? Tone.Good : Tone.Bad;
}

/**
 * Resolves with true when nothing is in flight or buffered any more; with false when that takes too long in cloud
 * time.
 */
async function arrival(context: RunContext): Promise<boolean> {
  const { clock } = context.cloud;
  const limit = new Promise<boolean>((resolve) => {
    clock.setTimer(ARRIVAL_LIMIT_MS, TimerKind.Other, () => resolve(false));
  });
  return Promise.race([clock.whenIdle().then(() => true), limit]);
}

async function* inputLines(options: RunOptions): AsyncGenerator<InputLine> {
  if (options.input !== undefined) {
    yield* readLines(options.input);
    return;
  }
  let number = 0;
  for (const event of sampleEvents({ count: options.events, seed: options.seed })) {
    number++;
    yield { number, bytes: Buffer.from(event) };
  }
}

function reportRefusals(output: Output, events: readonly SentEvent[]): void {
  const notAccepted = events
    .filter(({ outcome }) => outcome.kind !== "accepted")
    .sort((a, b) => a.line.number - b.line.number);
  for (const { line, outcome } of notAccepted.slice(0, REFUSALS_SHOWN)) {
    if (outcome.kind !== "accepted")
      output.line(`line ${line.number}: ${outcome.kind} with ${outcome.status}: ${outcome.reason}`);
  }
  if (notAccepted.length > REFUSALS_SHOWN) output.line(`… and ${notAccepted.length - REFUSALS_SHOWN} more lines`);
}

function printOutputs(output: Output, outputs: Readonly<Record<string, StackOutputs>>): void {
  for (const [stack, values] of Object.entries(outputs)) {
    output.line(`Outputs of ${stack}:`, Tone.Heading);
    const rows = Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    for (const line of table(["name", "value"], rows).slice(2)) output.line(`  ${line}`);
    output.line();
  }
}

function printAccess(output: Output, account: AccountAccess, more: Record<string, string> = {}): void {
  output.line(`To use the ${account.name} account (${account.accountId}) with the AWS CLI or any SDK:`, Tone.Heading);
  printLines(output, accessLines(account, more));
}

/** Prints lines for a shell. */
function printLines(output: Output, lines: readonly string[]): void {
  for (const line of lines) output.line(`  ${line}`);
  output.line();
}

function stackAccount(projectDir: string, stack: string): { name: string; accountId: string; region: string } {
  const file = parseYaml(readFileSync(join(projectDir, `Pulumi.${stack}.yaml`), "utf8")) as {
    config: Record<string, unknown>;
  };
  const allowed = file.config["aws:allowedAccountIds"] as readonly (string | number)[];
  return { name: stack, accountId: String(allowed[0]), region: String(file.config["aws:region"]) };
}

function withoutSecrets(outputs: StackOutputs): StackOutputs {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, isSecretOutput(value) ? "[secret]" : value]),
  );
}
