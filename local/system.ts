import type { Cloud } from "./cloud.ts";
import { Engine, type EngineOptions } from "./engine/engine.ts";
import { FaultPlan } from "./faults/fault-plan.ts";
import type { FaultSpec } from "./faults/spec.ts";
import type { Principal } from "./kernel/principal.ts";
import type { LedgerSources } from "./ledger/ledger.ts";
import type { Pace } from "./producer/pacer.ts";
import { localProviders } from "./provider/local-provider.ts";

/** The two stacks of the project; the target's is deployed first. */
export const SOURCE_STACK = "prod";
export const TARGET_STACK = "poc";

/**
 * Shares of the limits that a producer uses by default. Partition keys are not spread evenly over shards, and the
 * bytes of a few large events even less evenly than the number of many.
 */
const SHARE_OF_EVENTS = 0.8;
const SHARE_OF_BYTES = 0.5;
const SHARE_OF_REQUESTS = 0.5;
const SHARD_EVENTS_PER_SECOND = 1000;
const SHARD_BYTES_PER_SECOND = 1024 * 1024;
const PLAN_REQUESTS_PER_SECOND = 1000;

/** The outputs of a stack; a secret one is `{ secret: true, value }`. */
export type StackOutputs = Readonly<Record<string, unknown>>;

/** One account of the system. */
export interface SystemAccount {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly administrator: Principal;
  readonly outputs: StackOutputs;
}

/** Both stacks, deployed into a local cloud. */
export interface System {
  readonly cloud: Cloud;
  readonly engine: Engine;
  readonly source: SystemAccount;
  readonly target: SystemAccount;
  /** `http://…/<stage>`. */
  readonly gatewayUrl: string;
  /** Undefined when the gateway requires none. */
  readonly apiKey: string | undefined;
  /** The resources that the ledger reads. */
  readonly ledgerSources: LedgerSources;
  /** A producer's rates within the limits of the stream and the usage plan. */
  readonly pace: Pace;
}

/**
 * Deploys poc, then prod, from the project's own files. The front door must listen already. Throws UserError with every
 * failure of a stack.
 */
export async function deploySystem(
  options: Omit<EngineOptions, "newProvider"> & {
    readonly cloud: Cloud;
    /** Default: the local cloud's own provider, in process. */
    readonly newProvider?: EngineOptions["newProvider"];
    readonly onDeployed?: (stack: string, resources: number, milliseconds: number) => void;
    /** Aborted to end the deployment: kills the programs, and throws. */
    readonly stop?: AbortSignal;
  },
): Promise<System> {
  const { cloud, newProvider = localProviders(cloud) } = options;
  const engine = new Engine({ ...options, newProvider });
  const cancel = () => void engine.close();
  options.stop?.addEventListener("abort", cancel);
  try {
    return await deployStacks(engine, options);
  } catch (error) {
    await engine.close();
    throw error;
  } finally {
    options.stop?.removeEventListener("abort", cancel);
  }
}

async function deployStacks(engine: Engine, options: Parameters<typeof deploySystem>[0]): Promise<System> {
  const { cloud } = options;
  const deploy = async (stack: string): Promise<SystemAccount> => {
    options.stop?.throwIfAborted();
    const startedAt = Date.now();
    const { outputs, summary } = await engine.up(stack);
    options.onDeployed?.(stack, summary.created, Date.now() - startedAt);
    const accountId = textOutput(outputs, "accountId");
    const { principal } = cloud.accounts.ensure(accountId).administrator;
    return { name: stack, accountId, region: textOutput(outputs, "region"), administrator: principal, outputs };
  };
  // In a process of its own, the source's program loads while the target is deployed.
  if (options.start === undefined) engine.startEarly(SOURCE_STACK);
  const target = await deploy(TARGET_STACK);
  const source = await deploy(SOURCE_STACK);
  const { apiKey } = source.outputs;
  return {
    cloud,
    engine,
    source,
    target,
    gatewayUrl: textOutput(source.outputs, "gatewayUrl"),
    apiKey: isSecretOutput(apiKey) ? String(apiKey.value) : undefined,
    ledgerSources: {
      source: {
        cloud,
        principal: source.administrator,
        region: source.region,
        streamName: textOutput(source.outputs, "streamName"),
        parkedBucketName: textOutput(source.outputs, "parkedBucketName"),
      },
      target: {
        cloud,
        principal: target.administrator,
        region: target.region,
        tableName: textOutput(target.outputs, "tableName"),
        archiveBucketName: textOutput(target.outputs, "archiveBucketName"),
      },
    },
    pace: await paceOf(cloud, source),
  };
}

async function paceOf(cloud: Cloud, { administrator, region, outputs }: SystemAccount): Promise<Pace> {
  const { StreamDescriptionSummary } = (await cloud.call({
    service: "kinesis",
    operation: "DescribeStreamSummary",
    params: { StreamName: textOutput(outputs, "streamName") },
    principal: administrator,
    region,
  })) as { StreamDescriptionSummary: { OpenShardCount: number } };
  const shards = StreamDescriptionSummary.OpenShardCount;
  return {
    eventsPerSecond: shards * SHARD_EVENTS_PER_SECOND * SHARE_OF_EVENTS,
    bytesPerSecond: shards * SHARD_BYTES_PER_SECOND * SHARE_OF_BYTES,
    requestsPerSecond: PLAN_REQUESTS_PER_SECOND * SHARE_OF_REQUESTS,
  };
}

/** Makes the fault plan of a run. Faults can name accounts by stack. */
export function planFaults({ cloud, source, target }: System, faults: readonly FaultSpec[], seed: number): FaultPlan {
  const accountOf = (name: string) => [source, target].find((account) => account.name === name)?.accountId ?? name;
  const specs = faults.map((spec) =>
    spec.account === undefined ? spec : { ...spec, account: accountOf(spec.account) },
  );
  return new FaultPlan(specs, seed, cloud.faultPorts());
}

/** Whether an output is secret. */
export function isSecretOutput(value: unknown): value is { secret: true; value: unknown } {
  return typeof value === "object" && value !== null && (value as { secret?: unknown }).secret === true;
}

/** An output that is a string. Throws when the stack has no such output. */
export function textOutput(outputs: StackOutputs, name: string): string {
  const value = outputs[name];
  if (typeof value === "string") return value;
  throw new Error(`the stack has no output "${name}" (it has: ${Object.keys(outputs).join(", ")})`);
}
