import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Cloud } from "../../local/cloud.ts";
import { FrontDoor } from "../../local/front-door/front-door.ts";
import type { Principal } from "../../local/kernel/principal.ts";
import type { TraceRecord } from "../../local/kernel/trace.ts";
import { type Ledger, takeLedger } from "../../local/ledger/ledger.ts";
import type { InputLine } from "../../local/producer/input.ts";
import { Producer, type SentEvent } from "../../local/producer/producer.ts";
import { deploySystem, type System } from "../../local/system.ts";
import { atEndOfRun } from "./cleanup.ts";
import { startInProcess } from "./in-process.ts";
import { type ProvidersOverGrpc, serveProviders } from "./providers-over-grpc.ts";

/** The repository's folder. */
export const projectDir = resolve(fileURLToPath(import.meta.url), "../../..");

/** Both committed stacks, deployed, with helpers for tests. */
export interface TestSystem extends System {
  readonly endpointUrl: string;
  readonly apiKey: string;
  /** The calls during the deployment. */
  readonly deploymentTrace: readonly TraceRecord[];
  /** The providers of the deployment. */
  readonly providers: ProvidersOverGrpc;
  /** Sends lines through the gateway; resolves with every outcome. */
  send(lines: Iterable<string | Buffer> | AsyncIterable<InputLine>): Promise<SentEvent[]>;
  /** Waits for what is in flight, and drops all data. Functions stay warm: `cloud.emptyAtRest()` makes them cold. */
  empty(): Promise<void>;
  /** Resolves when nothing is in flight or buffered. */
  settle(): Promise<void>;
  ledger(events: readonly SentEvent[]): Promise<Ledger>;
  /** One call as a principal, without the front door. */
  call<T>(principal: Principal, service: string, operation: string, params: unknown): Promise<T>;
}

let running: Promise<TestSystem> | undefined;

/**
 * The system, started once per test process; every test begins with `empty()`. It is deployed through providers over
 * gRPC, with the pulumi CLI's calls, by programs in this process. `npm start` has no gRPC between engine and provider,
 * and one process per program.
 */
export function startSystem(): Promise<TestSystem> {
  running ??= start();
  return running;
}

async function start(): Promise<TestSystem> {
  const cloud = new Cloud();
  const frontDoor = new FrontDoor(cloud);
  const { endpointUrl } = await frontDoor.listen(0);
  const providers = await serveProviders(cloud, projectDir);
  atEndOfRun(async () => {
    await providers.close();
    await frontDoor.close();
    await cloud.close();
  });
  const system = await deploySystem({ cloud, projectDir, newProvider: providers.newProvider, start: startInProcess });
  const deploymentTrace = cloud.trace.records();
  const { apiKey } = system;
  if (apiKey === undefined) throw new Error("the committed stack asks for no API key");
  return {
    ...system,
    apiKey,
    endpointUrl,
    deploymentTrace,
    providers,
    async send(lines) {
      const events: SentEvent[] = [];
      const producer = new Producer({
        gatewayUrl: system.gatewayUrl,
        apiKey,
        clock: cloud.clock,
        pace: system.pace,
        onOutcome: (event) => events.push(event),
      });
      await producer.send(Symbol.asyncIterator in lines ? lines : toInputLines(lines));
      return events;
    },
    empty: () => cloud.emptyAtRest({ keepsEnvironments: true }),
    settle: () => cloud.clock.whenIdle(),
    ledger: (events) => takeLedger(system.ledgerSources, events),
    call: async <T>(principal: Principal, service: string, operation: string, params: unknown) =>
      (await cloud.call({ service, operation, params, principal, region: system.source.region })) as T,
  };
}

export function toInputLines(lines: Iterable<string | Buffer>): InputLine[] {
  return [...lines].map((line, index) => ({ number: index + 1, bytes: Buffer.from(line as string) }));
}
