import { readFileSync } from "node:fs";
import { UserError } from "../kernel/errors.ts";
import { CALL_FAULTS, type FaultableOperation, FaultKind, type ServiceFaults } from "../kernel/fault-port.ts";
import { ownValue } from "../kernel/own-value.ts";

/** The services that faults can hit, by their names in a fault specification. */
export type FaultableServices = ReadonlyMap<string, ServiceFaults>;

/** The services among these that declare faults. */
export function faultableServices(
  services: readonly { readonly name: string; readonly faults?: ServiceFaults }[],
): FaultableServices {
  return new Map(services.flatMap(({ name, faults }) => (faults ? [[faults.service ?? name, faults] as const] : [])));
}

/** One fault: the calls that it may hit, its kind, its frequency and its period. */
export interface FaultSpec {
  /**
   * Signing name, such as `kinesis`; `execute-api` for requests to the gateway, `lambda` for invocations and
   * checkpoints.
   */
  readonly service: string;
  /** Operation, or `*`. */
  readonly operation: string;
  /** Account id or stack name; default: every account. */
  readonly account?: string;
  readonly kind: FaultKind;
  /** Latency: milliseconds. */
  readonly milliseconds?: number;
  /** Share of the calls (in a partial failure: of the records), 0 to 1. */
  readonly rate?: number;
  /** Positions of the calls in order of arrival, from 1, instead of a rate. */
  readonly calls?: readonly number[];
  /** Cloud time after the start, milliseconds; default 0. */
  readonly fromMs: number;
  /** Duration in milliseconds; default: to the end. */
  readonly forMs?: number;
  /** The fault's specification, verbatim. */
  readonly text: string;
}

/** The syntax of a fault, for messages and --help. */
export const FAULT_GRAMMAR = `a fault is  SERVICE:OPERATION[@ACCOUNT] KIND[=MILLISECONDS] [RATE% | #CALL,CALL] [from DURATION] [for DURATION]
several are joined by ";" or stand on lines of their own; "#" after a space begins a comment only at the start of a line. Examples:
  kinesis:PutRecords partial 10%
  dynamodb:BatchWriteItem throttle 5%; dynamodb:BatchWriteItem missing for 2m
  sts:AssumeRole error from 10s for 5m
  execute-api:Request reset-after 2%
  lambda:Invoke crash-in #3,7
  lambda:Checkpoint lost 3%
  s3:PutObject@prod refuse 20%
kinds: ${Object.values(FaultKind).join(", ")}`;

/**
 * A specification from the command line: the text itself, or `@FILE`. Throws UserError for a file that cannot be read.
 */
export function readFaults(text: string, services: FaultableServices): FaultSpec[] {
  if (!text.startsWith("@")) return parseFaults(text, services);
  let content: string;
  try {
    content = readFileSync(text.slice(1), "utf8");
  } catch (error) {
    throw new UserError(
      `--faults: "${text.slice(1)}" cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return parseFaults(content, services);
}

const PATTERN =
  /^(?<service>[a-z0-9.-]+):(?<operation>[A-Za-z0-9]+|\*)(?:@(?<account>[\w-]+))?\s+(?<kind>[a-z-]+)(?:=(?<milliseconds>\d+)(?:ms)?)?(?:\s+(?:(?<rate>\d+(?:\.\d+)?)%|#(?<calls>\d+(?:,\d+)*)))?(?:\s+from\s+(?<from>\S+))?(?:\s+for\s+(?<for>\S+))?$/;

/**
 * Parses a fault specification: text in the grammar above, from the command line or a file.
 * Throws UserError with every mistake and the values allowed in its place.
 */
export function parseFaults(text: string, services: FaultableServices): FaultSpec[] {
  const entries = text
    .split("\n")
    .filter((line) => !/^\s*#/.test(line))
    .flatMap((line) => line.split(";"))
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  const mistakes: string[] = [];
  const specs = entries.flatMap((entry) => {
    const spec = parseFault(entry, services, (mistake) => mistakes.push(`fault "${entry}": ${mistake}`));
    return spec ? [spec] : [];
  });
  if (mistakes.length > 0) throw new UserError(`${mistakes.join("\n")}\n\n${FAULT_GRAMMAR}`);
  return specs;
}

function parseFault(
  text: string,
  services: FaultableServices,
  mistake: (sentence: string) => void,
): FaultSpec | undefined {
  const groups = PATTERN.exec(text)?.groups;
  if (!groups) {
    mistake("it does not have the form of a fault");
    return undefined;
  }
  const { service = "", operation = "", account } = groups;
  const kind = Object.values(FaultKind).find((each) => each === groups["kind"]);
  let isRight = true;
  const wrong = (sentence: string) => {
    isRight = false;
    mistake(sentence);
  };
  const faults = services.get(service);
  const operations = faults && Object.keys(faults.operations);
  if (faults?.isBeforeAccount && account) wrong(`requests to ${service} come before any account: leave @ out`);
  if (!operations) wrong(`there is no service "${service}", allowed are ${[...services.keys()].join(", ")}`);
  else if (operation !== "*" && !operations.includes(operation)) {
    wrong(`${service} has no operation "${operation}" here, allowed are ${operations.join(", ")} and *`);
  }
  if (!kind) wrong(`there is no kind "${groups["kind"]}", allowed are ${Object.values(FaultKind).join(", ")}`);
  else if (operations) for (const sentence of unfitting(kind, service, operation, services)) wrong(sentence);
  const milliseconds = groups["milliseconds"] === undefined ? undefined : Number(groups["milliseconds"]);
  if (kind === FaultKind.Latency && milliseconds === undefined)
    wrong("latency needs its milliseconds, such as latency=200");
  if (kind !== FaultKind.Latency && milliseconds !== undefined) wrong("only latency takes milliseconds");
  const rate = groups["rate"] === undefined ? undefined : Number(groups["rate"]) / 100;
  if (rate !== undefined && rate > 1) wrong(`the rate is ${groups["rate"]}%, allowed are 0% to 100%`);
  const calls = groups["calls"]?.split(",").map(Number);
  if (calls?.includes(0)) wrong("calls are counted from #1");
  if (calls && kind === FaultKind.Partial) wrong("a partial failure takes a rate of its records, not call numbers");
  const fromMs = groups["from"] === undefined ? 0 : readDuration(groups["from"], wrong);
  const forMs = groups["for"] === undefined ? undefined : readDuration(groups["for"], wrong);
  if (!isRight || !kind) return undefined;
  return {
    service,
    operation,
    account,
    kind,
    milliseconds,
    calls,
    fromMs,
    forMs,
    text,
    ...(calls ? {} : { rate: rate ?? 1 }),
  };
}

/** Kinds that apply to few operations, so the operation must be named. */
const NAMED_ONLY: ReadonlySet<FaultKind> = new Set([
  FaultKind.Partial,
  FaultKind.CrashBefore,
  FaultKind.CrashIn,
  FaultKind.CrashAfter,
  FaultKind.Timeout,
  FaultKind.Lost,
]);

/** The error for a kind that does not apply to an operation; empty when it does. */
function unfitting(kind: FaultKind, service: string, operation: string, services: FaultableServices): string[] {
  const { operations = {}, hints = {} } = services.get(service) ?? {};
  const named = ownValue(operations, operation);
  const isOfSome = Object.values(operations).some((one) => kindsOf(one).includes(kind));
  if (named ? kindsOf(named).includes(kind) : operation === "*" && isOfSome && !NAMED_ONLY.has(kind)) return [];
  if (operation !== "*" && !named) return [];
  const name = `${service}:${operation}`;
  const takers = takersOf(kind, services).join(", ");
  if (kind === FaultKind.Partial) return [`${name} cannot fail in part, allowed are ${takers}`];
  if (!CALL_FAULTS.includes(kind)) return [`${kind} belongs to ${takers}`];
  const hint = hints[kind] ?? (named && `it can have: ${kindsOf(named).join(", ")}`);
  return [`${kind} does not happen to ${name}${hint === undefined ? "" : `; ${hint}`}`];
}

function kindsOf({ kinds = CALL_FAULTS, partial }: FaultableOperation): readonly FaultKind[] {
  return partial ? [...kinds, FaultKind.Partial] : kinds;
}

/** The operations that a kind applies to. */
function takersOf(kind: FaultKind, services: FaultableServices): string[] {
  return [...services].flatMap(([service, { operations }]) =>
    Object.entries(operations)
      .filter(([, operation]) => kindsOf(operation).includes(kind))
      .map(([name]) => `${service}:${name}`),
  );
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function readDuration(text: string, wrong: (sentence: string) => void): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  if (!match) {
    wrong(`"${text}" is no duration, allowed are numbers with ms, s, m or h, such as 90s`);
    return 0;
  }
  return Number(match[1]) * (UNIT_MS[match[2] ?? ""] ?? 0);
}
