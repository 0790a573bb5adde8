import type { FaultSpec } from "../faults/spec.ts";
import { TimerKind } from "../kernel/clock.ts";
import type { TraceRecord } from "../kernel/trace.ts";
import { type Ledger, takeLedger } from "../ledger/ledger.ts";
import type { InputLine } from "../producer/input.ts";
import { Producer, type SentEvent } from "../producer/producer.ts";
import { Random } from "../sample/random.ts";
import { planFaults, type System } from "../system.ts";
import { type Breakage, withBreakage } from "./breakages.ts";

/** The run of one seed: ledger and statistics. */
export interface Proof extends Ledger {
  readonly seed: number;
  /** The faults of the run, one a line. */
  readonly faults: string;
  /** Number of hits by fault. */
  readonly hits: Readonly<Record<string, number>>;
  /** How often the breakage had an effect; 0 without one. */
  readonly breakageMet: number;
  /** Calls by functions and the gateway that failed or partly failed, and were retried. */
  readonly retries: number;
  readonly invocations: number;
  /** Cloud time from the first event until the pipeline is idle, milliseconds. */
  readonly virtualMs: number;
  readonly realMs: number;
}

export interface ProofRequest {
  readonly seed: number;
  readonly lines: readonly InputLine[];
  readonly faults: readonly FaultSpec[];
  readonly breakage?: Breakage;
  /**
   * Keeps the execution environments of an earlier run, which saves their cold starts. Default false, so that a run
   * does not depend on those before it.
   */
  readonly startsWarm?: boolean;
  readonly onProgress?: (sent: number) => void;
  /** Called for every call of the run. */
  readonly onTrace?: (record: TraceRecord) => void;
}

/** Attempts of the producer per event: outages last longer than clients usually retry. */
const MAX_ATTEMPTS = 40;
/** Limit for the pipeline to become idle after the last event, in cloud time. */
const REST_LIMIT_MS = 48 * 3600 * 1000;

/**
 * Empties the cloud, sends the events under the faults, waits until the pipeline is idle, and compares both accounts
 * with the events.
 */
export async function prove(system: System, request: ProofRequest): Promise<Proof> {
  const { cloud } = system;
  const { clock } = cloud;
  await cloud.emptyAtRest({ keepsEnvironments: request.startsWarm ?? false });
  const plan = planFaults(system, request.faults, request.seed);
  const counts = { retries: 0, invocations: 0, breakageMet: 0 };
  const faults = request.breakage ? withBreakage(request.breakage, plan, () => counts.breakageMet++) : plan;
  const endTrace = cloud.trace.listen((record) => {
    if (record.call === "lambda:Invoke") counts.invocations++;
    if (record.outcome !== "ok") counts.retries++;
    request.onTrace?.(record);
  });
  const startedAt = clock.now();
  const realStart = Date.now();
  const events: SentEvent[] = [];
  const random = new Random(request.seed);
  const producer = new Producer({
    gatewayUrl: system.gatewayUrl,
    apiKey: system.apiKey,
    clock,
    pace: system.pace,
    maxAttempts: MAX_ATTEMPTS,
    random: () => random.next(),
    onOutcome: (event) => events.push(event),
    onProgress: ({ sent }) => request.onProgress?.(sent),
  });
  const hasRested = await cloud
    .withFaults(faults, async () => {
      await producer.send(request.lines);
      return comesToRest(system);
    })
    .finally(endTrace);
  const virtualMs = clock.now() - startedAt;
  const ledger = await takeLedger(system.ledgerSources, events);
  return {
    ...ledger,
    open: [...ledger.open, ...(hasRested ? [] : ["the pipeline did not become idle"])],
    seed: request.seed,
    faults: request.faults.map(({ text }) => text).join("\n"),
    hits: Object.fromEntries(plan.hits),
    ...counts,
    virtualMs,
    realMs: Date.now() - realStart,
  };
}

async function comesToRest(system: System): Promise<boolean> {
  const { clock } = system.cloud;
  let timer: { cancel(): void } | undefined;
  const limit = new Promise<boolean>((resolve) => {
    timer = clock.setTimer(REST_LIMIT_MS, TimerKind.Other, () => resolve(false));
  });
  const hasRested = await Promise.race([clock.whenIdle().then(() => true), limit]);
  timer?.cancel();
  return hasRested;
}
