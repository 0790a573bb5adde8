import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseYaml } from "yaml";
import type { Account } from "./accounts/accounts.ts";
import { TimerKind } from "./clock.ts";
import type { Cloud } from "./cloud.ts";
import { readFaults } from "./faults/spec.ts";
import { noFaults } from "./faults.ts";
import { type Ledger, takeLedger } from "./ledger/ledger.ts";
import type { RunOptions } from "./options.ts";
import { checkInput, type InputLine, readLines } from "./producer/input.ts";
import { Producer, type SentEvent } from "./producer/producer.ts";
import {
  hasState,
  type PulumiEnvironment,
  pulumiEnvironment,
  removeEnvFile,
  serveProvider,
  shellLines,
  writeEnvFile,
} from "./pulumi-access.ts";
import { ledgerTable, type Output, table } from "./report.ts";
import { sampleEvents } from "./sample/web-analytics.ts";
import {
  deploySystem,
  isSecretOutput,
  planFaults,
  SOURCE_STACK,
  type StackOutputs,
  type System,
  TARGET_STACK,
} from "./system.ts";

/** What a run has to work with. */
export interface RunContext {
  readonly cloud: Cloud;
  readonly options: RunOptions;
  readonly projectDir: string;
  readonly output: Output;
  /** Aborted by Ctrl-C. */
  readonly stop: AbortSignal;
}

/** How long the pipeline may take to come to rest, in cloud time, before the run says what it still waits for. */
const ARRIVAL_LIMIT_MS = 6 * 3600 * 1000;
/** Refused lines that are printed one by one. */
const REFUSALS_SHOWN = 20;

/** The account of a stack, as a client needs it. */
interface AccountAccess {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly endpointUrl: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * The cloud alone, with the accounts of the stack files and the provider for the pulumi CLI; until Ctrl-C.
 * @param onReady called when everything can be used, and the environment's file is written.
 */
export async function runEmpty(context: RunContext, onReady: () => void = () => undefined): Promise<boolean> {
  const { cloud, options, projectDir } = context;
  const pulumi = await serveProvider(cloud, options.providerPort, projectDir);
  try {
    const environment = pulumiEnvironment(pulumi.port, options.backend);
    // Whoever waits for the line finds the file, too.
    if (options.envFile !== undefined) writeEnvFile(options.envFile, environment);
    announceEmpty(context, environment);
    onReady();
    await untilStopped(context);
    if (options.envFile !== undefined) removeEnvFile(options.envFile, environment);
    return true;
  } finally {
    await pulumi.close();
  }
}

function announceEmpty(context: RunContext, environment: PulumiEnvironment): void {
  const accounts = [SOURCE_STACK, TARGET_STACK].map((stack) => {
    const { accountId, region } = stackAccount(context.projectDir, stack);
    return access(context.cloud, stack, accountId, region);
  });
  if (context.options.json) {
    printJson({ type: "ready", gatewayUrl: null, apiKey: null, accounts, outputs: {}, pulumi: environment });
    return;
  }
  const { output } = context;
  output.line("The local cloud is empty. To deploy into it with the pulumi CLI, paste into another shell:");
  for (const line of shellLines(environment)) output.line(`  ${line}`);
  output.line();
  const { backend } = context.options;
  if (backend !== undefined && hasState(backend)) {
    output.line(
      `${backend} has the state of an earlier cloud, of which nothing is left: pulumi up --refresh builds it again.`,
    );
    output.line();
  }
  printAccess(output, accounts);
}

/** Both stacks, events through them, the ledger. Resolves with whether every sum closed. */
export async function runSystem(context: RunContext): Promise<boolean> {
  const { cloud, options, output } = context;
  // What can be wrong with the options is said before anything is made.
  if (options.faults !== undefined) readFaults(options.faults);
  if (options.input !== undefined) checkInput(options.input);
  const system = await deploy(context);
  if (context.stop.aborted) return true;
  announce(context, system);
  const plan = options.faults === undefined ? undefined : planFaults(system, options.faults, options.seed);
  if (plan) {
    cloud.faults = plan;
    output.line(`Faults with seed ${plan.seed}: ${options.faults}`);
  }

  const events: SentEvent[] = [];
  const unlimited = Number.POSITIVE_INFINITY;
  const { rate } = options;
  const producer = new Producer({
    gatewayUrl: system.gatewayUrl,
    apiKey: system.apiKey,
    clock: cloud.clock,
    pace: rate ? { eventsPerSecond: rate, bytesPerSecond: unlimited, requestsPerSecond: unlimited } : system.pace,
    onOutcome: (event) => events.push(event),
    onProgress: (progress) =>
      output.progress(
        `sent ${progress.sent}  accepted ${progress.accepted}  refused ${progress.refused}  sent again ${progress.resent}`,
      ),
  });
  await Promise.race([producer.send(inputLines(options)), aborted(context.stop)]);
  if (context.stop.aborted) return true;
  reportRefusals(output, events);
  output.progress(`all ${events.length} events sent, waiting for the archive's buffers (skipped by the clock)`);
  const hasArrived = await Promise.race([arrival(context), aborted(context.stop)]);
  if (context.stop.aborted) return true;
  // The ledger reads what is there; faults would only make it guess.
  cloud.faults = noFaults;
  const ledger = await takeLedger(system.ledgerSources, events);
  if (plan) {
    cloud.faults = plan;
    for (const [fault, count] of plan.hits) output.line(`fault "${fault}" hit ${count} times`);
  }
  const open = [
    ...ledger.open,
    ...(hasArrived ? [] : ["the pipeline did not come to rest: see the functions' logs"]),
    ...refusedByIam(cloud),
  ];
  printLedger(context, ledger, open);
  if (!options.once) {
    output.line("Both accounts stay up: Ctrl-C ends them.");
    await untilStopped(context);
  }
  return open.length === 0;
}

async function deploy(context: RunContext): Promise<System> {
  const { cloud, output, projectDir } = context;
  let made = 0;
  const system = await deploySystem({
    cloud,
    projectDir,
    onEvent: ({ action, stack, type, name }) => {
      if (action === "created") made++;
      output.progress(`deploying ${stack}: ${type} ${name} (${made} resources)`);
    },
    onOutput: (line) => output.line(line),
    onDeployed: (stack, resources, milliseconds) =>
      output.line(`deployed ${stack}: ${resources} resources in ${(milliseconds / 1000).toFixed(1)} s`),
  });
  output.line();
  return system;
}

/** Says what was deployed, and how to reach it. */
function announce({ cloud, options, output }: RunContext, system: System): void {
  const { gatewayUrl, apiKey } = system;
  const accounts = [system.source, system.target].map(({ name, accountId, region }) =>
    access(cloud, name, accountId, region),
  );
  const outputs = Object.fromEntries(
    [system.source, system.target].map((account) => [account.name, withoutSecrets(account.outputs)]),
  );
  if (options.json) {
    printJson({ type: "ready", gatewayUrl, apiKey: apiKey ?? null, accounts, outputs });
    return;
  }
  printOutputs(output, outputs);
  printAccess(output, accounts);
  const key = apiKey ? `-H 'x-api-key: ${apiKey}' ` : "";
  output.line("Send one event yourself:");
  output.line(`  curl -sS ${gatewayUrl}/events ${key}-H 'content-type: application/json' -d '{"hello":"world"}'`);
  output.line();
}

/** Resolves with true when nothing is in flight, buffered or waiting any more; with false when that takes too long in cloud time. */
async function arrival(context: RunContext): Promise<boolean> {
  const { clock } = context.cloud;
  const limit = new Promise<boolean>((resolve) => {
    clock.setTimer(ARRIVAL_LIMIT_MS, TimerKind.Other, () => resolve(false));
  });
  return Promise.race([clock.whenIdle().then(() => true), limit]);
}

/** Roles of the program that IAM refused something: a permission that a component forgot. */
function refusedByIam(cloud: Cloud): string[] {
  const refusals = cloud.trace
    .records()
    .filter((record) => record.decision === "denied" && record.principal.includes(":assumed-role/"));
  const sentences = refusals.map(({ principal, authorizations }) => {
    const asked = authorizations.at(-1);
    return `IAM refused ${asked?.action} on ${asked?.resource} to ${principal.replace(/\/[^/]*$/, "")}`;
  });
  return [...new Set(sentences)];
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

function printLedger(context: RunContext, ledger: Ledger, open: readonly string[]): void {
  const { output, options, cloud } = context;
  output.line();
  for (const line of ledgerTable(ledger, { source: SOURCE_STACK, target: TARGET_STACK })) output.line(line);
  output.line();
  if (cloud.clock.jumpedMs() > 1000)
    output.line(`The clock skipped ${Math.round(cloud.clock.jumpedMs() / 1000)} s of waiting for buffers.`);
  output.line(open.length === 0 ? "Every sum closes: nothing lost." : `The sums do not close:\n  ${open.join("\n  ")}`);
  if (!options.json) return;
  const { sent, accepted, refused, unacknowledged, changed, stored, parked, archived, lost } = ledger;
  printJson({ type: "ledger", sent, accepted, refused, unacknowledged, changed, stored, parked, archived, lost });
}

function printOutputs(output: Output, outputs: Readonly<Record<string, StackOutputs>>): void {
  for (const [stack, values] of Object.entries(outputs)) {
    output.line(`Outputs of ${stack}:`);
    const rows = Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    for (const line of table(["name", "value"], rows).slice(2)) output.line(`  ${line}`);
    output.line();
  }
}

function printAccess(output: Output, accounts: readonly AccountAccess[]): void {
  for (const account of accounts) {
    output.line(`To reach the ${account.name} account (${account.accountId}) with the AWS CLI or any SDK:`);
    output.line(
      `  export AWS_ENDPOINT_URL=${account.endpointUrl} AWS_REGION=${account.region} AWS_DEFAULT_REGION=${account.region}`,
    );
    output.line(`  export AWS_ACCESS_KEY_ID=${account.accessKeyId} AWS_SECRET_ACCESS_KEY=${account.secretAccessKey}`);
    output.line();
  }
}

function access(cloud: Cloud, name: string, accountId: string, region: string): AccountAccess {
  const { accessKeyId, secretAccessKey } = (cloud.accounts.ensure(accountId) satisfies Account).administrator
    .credentials;
  return { name, accountId, region, endpointUrl: cloud.endpointUrl, accessKeyId, secretAccessKey };
}

function stackAccount(projectDir: string, stack: string): { accountId: string; region: string } {
  const file = parseYaml(readFileSync(join(projectDir, `Pulumi.${stack}.yaml`), "utf8")) as {
    config: Record<string, unknown>;
  };
  const allowed = file.config["aws:allowedAccountIds"] as readonly (string | number)[];
  return { accountId: String(allowed[0]), region: String(file.config["aws:region"]) };
}

function withoutSecrets(outputs: StackOutputs): StackOutputs {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, isSecretOutput(value) ? "[secret]" : value]),
  );
}

function aborted(signal: AbortSignal): Promise<undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(undefined), { once: true }));
}

async function untilStopped(context: RunContext): Promise<void> {
  await aborted(context.stop);
  context.output.line("stopped");
}

function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
