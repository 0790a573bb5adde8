import { interleave, medianOf, medianRatio, type Sample } from "../harness.ts";
import { Comparison, toDigits, toMark, Weight } from "../marks.ts";
import type { BenchContext, SectionResult } from "../section.ts";
import { type Moment, type StartedCommand, startCommand } from "./started-command.ts";

const OURS = "this commit";
const BASE = "base";

/** Milliseconds between two looks into the table. */
const LOOK_MS = 20;

/** What is measured, with the goal of its ratio to the base. */
const FIGURES = [
  { name: "event", title: "start to the first event in the other account's table", goal: 0.5, weight: Weight.Binds },
  { name: "empty", title: "start of the empty cloud", goal: 0.5, weight: Weight.Binds },
  { name: "line", title: "first line of output", goal: 0.3, weight: Weight.Binds },
  { name: "poc", title: "program of poc", goal: 0.7, weight: Weight.Binds },
  { name: "prod", title: "program of prod", goal: 0.7, weight: Weight.Binds },
] as const;

/**
 * Measures the start path: `npm start` until the first event is in the table, `npm run local` until it is ready, and
 * each stack's program in its process, beside the base commit.
 */
export async function measureStart(context: BenchContext): Promise<SectionResult> {
  if (process.platform !== "linux") {
    return {
      tables: [],
      marks: [],
      notes: [],
      skipped: ["the start path: CPU time is read from /proc, on Linux only"],
    };
  }
  const folders = new Map([
    [OURS, context.projectDir],
    [BASE, await context.base()],
  ]);
  const variants = [...folders].map(([name, cwd]) => ({ name, measure: () => measureOnce(cwd, context) }));
  // Makes what a start caches.
  for (const { name, measure } of variants) {
    context.progress(`start path, not counted: ${name}`);
    await measure();
  }
  const samples = await interleave(variants, {
    rounds: context.rounds,
    onRun: ({ name }, round) => context.progress(`start path, round ${round + 1}: ${name}`),
  });
  const ratio = (figure: string): number => medianRatio(samples.get(OURS), samples.get(BASE), figure);
  const seconds = (variant: string, figure: string): string => `${toDigits(medianOf(samples.get(variant), figure))} s`;
  const row = (title: string, figure: string): readonly string[] => [
    title,
    seconds(BASE, figure),
    seconds(OURS, figure),
    `${toDigits(ratio(figure))}×`,
  ];
  return {
    tables: [
      {
        title: "Start path, CPU and wall time",
        columns: ["", BASE, OURS, "ratio"],
        rows: FIGURES.flatMap(({ name, title }) => [
          row(`${title}, CPU`, `${name} cpu`),
          ...(name === "poc" || name === "prod" ? [] : [row(`${title}, wall`, `${name} wall`)]),
        ]),
      },
    ],
    marks: FIGURES.map(({ name, title, goal, weight }) =>
      toMark({
        name: `${title}, CPU against the base`,
        value: ratio(`${name} cpu`),
        goal,
        comparison: Comparison.AtMost,
        weight,
      }),
    ),
    notes: [
      "Start path: the commands of package.json, without npm; CPU is that of all processes of the command. A program is " +
        "its Node.js process as the local engine runs it, without the engine, and without esbuild, which is a process " +
        "of its own there. Each started once before.",
    ],
    skipped: [],
  };
}

async function measureOnce(cwd: string, { folder, signal }: BenchContext): Promise<Sample> {
  const options = { cwd, folder, signal };
  const started = await until(startCommand("start", ["--events", "1"], options), firstEvent);
  const empty = await until(startCommand("local", [], options), async (command) => {
    await command.ready;
    return { empty: command.now() };
  });
  const { poc, prod, ...moments } = { ...started, ...empty };
  const figures = Object.entries(moments).flatMap(([name, { wallSeconds, cpuSeconds }]) => [
    [`${name} wall`, wallSeconds] as const,
    [`${name} cpu`, cpuSeconds] as const,
  ]);
  return { ...Object.fromEntries(figures), "poc cpu": poc, "prod cpu": prod };
}

async function until<T>(command: StartedCommand, measure: (command: StartedCommand) => Promise<T>): Promise<T> {
  try {
    return await measure(command);
  } finally {
    await command.kill();
  }
}

/** Until the event that `npm start` sends is in the table of poc. */
async function firstEvent(
  command: StartedCommand,
): Promise<{ line: Moment; event: Moment; poc: number; prod: number }> {
  const line = await command.firstLine;
  const { accounts, outputs } = await command.ready;
  const account = accounts.find(({ name }) => name === "poc");
  const tableName = outputs["poc"]?.["tableName"];
  if (account === undefined || tableName === undefined) throw new Error("there is no stack poc with a table");
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  const { DynamoDBClient, ScanCommand } = await import("@aws-sdk/client-dynamodb");
  const { region, endpointUrl: endpoint, accessKeyId, secretAccessKey } = account;
  const client = new DynamoDBClient({ region, endpoint, credentials: { accessKeyId, secretAccessKey } });
  try {
    for (;;) {
      const { Count = 0 } = await client.send(new ScanCommand({ TableName: tableName, Limit: 1 }));
      if (Count > 0) break;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  } finally {
    client.destroy();
  }
  const event = command.now();
  const [poc, prod, ...others] = command.endedProcesses();
  if (poc === undefined || prod === undefined || others.length > 0) throw new Error("two programs should have ended");
  return { line, event, poc, prod };
}
