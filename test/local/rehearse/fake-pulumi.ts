import { appendFileSync, chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

const recordedEvents = join(import.meta.dirname, "../../fixtures/rehearsal/pulumi-events.jsonl");

/** One call of the fake CLI. */
export interface FakeCall {
  readonly args: readonly string[];
  readonly cwd: string;
  /** What is set of PULUMI_ and AWS_. */
  readonly env: Readonly<Record<string, string>>;
  /** The stack file that it would read, when there is one. */
  readonly stackFile?: string;
}

export interface FakeBehaviour {
  readonly version?: string;
  /** Command that ends with 255. */
  readonly failing?: string;
  /** What it says on standard error. */
  readonly words?: string;
}

/** Stands on the PATH for the pulumi CLI: notes how it was called, and answers a preview with what the real one has recorded. */
export class FakePulumi {
  readonly #folder: string;
  readonly #log: string;
  readonly #behaviour: string;
  #path: string | undefined;

  constructor(folder: string) {
    this.#folder = join(folder, "bin");
    this.#log = join(folder, "calls.jsonl");
    this.#behaviour = join(folder, "behaviour.json");
  }

  /** Puts it first on this process's PATH. */
  install(): void {
    mkdirSync(this.#folder, { recursive: true });
    const program = join(this.#folder, "pulumi");
    const literals = [process.execPath, this.#log, this.#behaviour, recordedEvents].map((text) => JSON.stringify(text));
    writeFileSync(program, scriptText(literals));
    chmodSync(program, 0o755);
    this.#path = process.env["PATH"];
    process.env["PATH"] = `${this.#folder}${delimiter}${this.#path}`;
  }

  uninstall(): void {
    if (this.#path !== undefined) process.env["PATH"] = this.#path;
  }

  /** Says how it behaves from now on, and forgets the calls so far. */
  behave(behaviour: FakeBehaviour): void {
    writeFileSync(this.#behaviour, JSON.stringify({ version: "v3.260.0", ...behaviour }));
    rmSync(this.#log, { force: true });
    appendFileSync(this.#log, "");
  }

  calls(): readonly FakeCall[] {
    const lines = readFileSync(this.#log, "utf8").split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as FakeCall);
  }
}

function scriptText([node, log, behaviour, events]: readonly string[]): string {
  return `#!${JSON.parse(node ?? "")}
const { appendFileSync, copyFileSync, existsSync, readFileSync } = require("node:fs");
const args = process.argv.slice(2);
const { version, failing, words } = JSON.parse(readFileSync(${behaviour}, "utf8"));
const after = (flag) => (args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined);
const stack = after("--stack") ?? (args[1] === "init" ? args[2] : undefined);
const file = after("--config-file") ?? "Pulumi." + stack + ".yaml";
const stackFile = existsSync(file) ? readFileSync(file, "utf8") : undefined;
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(PULUMI|AWS)_/.test(name)));
appendFileSync(${log}, JSON.stringify({ args, cwd: process.cwd(), env, stackFile }) + "\\n");
if (args[0] === failing) {
  console.error(words);
  process.exit(255);
}
if (args[0] === "version") console.log(version);
if (args[0] === "up") console.log(" +  aws:test:Thing one created (0.1s)\\n\\nResources:\\n    + 7 created");
if (args[0] === "preview") {
  copyFileSync(${events}, after("--event-log"));
  console.log("Previewing update (" + stack + "):");
}
`;
}
