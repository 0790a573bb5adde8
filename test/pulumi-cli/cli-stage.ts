import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const projectDir = fileURLToPath(new URL("../..", import.meta.url));
/** What the program and the cloud need of the project. The modules are a link. */
const PROGRAM = [
  "Pulumi.yaml",
  "Pulumi.poc.yaml",
  "Pulumi.prod.yaml",
  "package.json",
  "tsconfig.json",
  "plain-errors.mjs",
  "load-typescript.mjs",
  "program.mjs",
  "index.ts",
  "config.ts",
  "config",
  "stacks",
  "components",
  "functions",
  "aws",
  "mapping-templates",
  "local",
];

/** How a run of the CLI ended. */
export interface CliRun {
  readonly code: number;
  /** Standard output and standard error, as a person sees them. */
  readonly text: string;
}

/** An account of the running cloud, as an SDK's client takes it. */
export interface CliAccount {
  readonly name: string;
  readonly accountId: string;
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

interface Ready {
  readonly type: "ready";
  readonly accounts: readonly {
    readonly name: string;
    readonly accountId: string;
    readonly region: string;
    readonly endpointUrl: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  }[];
}

/** `npm run local` in one process, a copy of the program in a folder of its own, and the pulumi CLI between them. */
export class CliStage {
  /** The copy of the program: files in it may be changed. */
  readonly directory: string;
  readonly envFile: string;
  readonly #scratch: string;
  #local: ChildProcess | undefined;
  #environment: NodeJS.ProcessEnv = process.env;
  #accounts: readonly CliAccount[] = [];

  constructor() {
    this.#scratch = mkdtempSync(join(tmpdir(), "tributary-cli-"));
    this.directory = join(this.#scratch, "project");
    this.envFile = join(this.#scratch, "environment");
    for (const name of PROGRAM) cpSync(join(projectDir, name), join(this.directory, name), { recursive: true });
    symlinkSync(join(projectDir, "node_modules"), join(this.directory, "node_modules"));
  }

  /** Starts the cloud, and takes the CLI's environment from the file that it writes. */
  async start(): Promise<void> {
    const backend = join(this.#scratch, "backend");
    const args = ["run", "--silent", "local", "--", "--json", "--env-file", this.envFile, "--backend", backend];
    const local = spawn("npm", args, { cwd: this.directory, stdio: ["ignore", "pipe", "inherit"], detached: true });
    this.#local = local;
    const lines = createInterface({ input: local.stdout });
    const [line] = (await Promise.race([
      once(lines, "line"),
      once(local, "exit").then(([code]) => {
        throw new Error(`npm run local ended with ${code} before it was ready`);
      }),
    ])) as [string];
    const ready = JSON.parse(line) as Ready;
    this.#accounts = ready.accounts.map(({ endpointUrl, accessKeyId, secretAccessKey, ...account }) => ({
      ...account,
      endpoint: endpointUrl,
      credentials: { accessKeyId, secretAccessKey },
    }));
    this.#environment = { ...process.env, ...readEnvironment(readFileSync(this.envFile, "utf8")), NO_COLOR: "1" };
  }

  /** The account of a stack. */
  account(name: string): CliAccount {
    const found = this.#accounts.find((account) => account.name === name);
    if (!found) throw new Error(`no account ${name}`);
    return found;
  }

  /** Runs the CLI in the copy. */
  pulumi(...args: readonly string[]): Promise<CliRun> {
    return new Promise((resolve) => {
      const options = { cwd: this.directory, env: this.#environment, maxBuffer: 64 * 1024 * 1024 };
      execFile("pulumi", [...args, "--non-interactive"], options, (error, stdout, stderr) => {
        const text = `${stdout}${stderr}`;
        if (error && typeof error.code !== "number") resolve({ code: -1, text: `${error.message}\n${text}` });
        else resolve({ code: typeof error?.code === "number" ? error.code : 0, text });
      });
    });
  }

  /** Starts the CLI and hands it over, to be interrupted. */
  startPulumi(...args: readonly string[]): ChildProcess {
    const options = { cwd: this.directory, env: this.#environment, stdio: ["ignore", "pipe", "pipe"] as const };
    return spawn("pulumi", [...args, "--non-interactive"], { ...options, stdio: ["ignore", "pipe", "pipe"] });
  }

  /** The outputs of a stack, secret ones in clear. */
  async outputs(stack: string): Promise<Record<string, string>> {
    const { text } = await this.pulumi("stack", "output", "--stack", stack, "--json", "--show-secrets");
    return JSON.parse(text) as Record<string, string>;
  }

  /** Changes a file of the copy. Throws when the text is not in it. */
  edit(file: string, from: string, to: string): void {
    const path = join(this.directory, file);
    const text = readFileSync(path, "utf8");
    if (!text.includes(from)) throw new Error(`${file} has no "${from}"`);
    writeFileSync(path, text.replace(from, to));
  }

  /** Puts a file of the copy back. */
  restore(file: string): void {
    cpSync(join(projectDir, file), join(this.directory, file));
  }

  /** Ends the cloud, and with it all that was made; the state of the stacks stays. @param signal SIGKILL: as a crash does. */
  async end(signal: "SIGINT" | "SIGKILL" = "SIGINT"): Promise<void> {
    const local = this.#local;
    if (!local?.pid || local.exitCode !== null || local.signalCode !== null) return;
    const ended = once(local, "exit");
    process.kill(-local.pid, signal);
    await ended;
  }

  /** A new, empty cloud with the same backend. */
  async restart(): Promise<void> {
    await this.end();
    await this.start();
  }

  async stop(): Promise<void> {
    await this.end();
    rmSync(this.#scratch, { recursive: true, force: true });
  }
}

/** The variables in lines of the form `export NAME=value`. */
function readEnvironment(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = "", value = ""]) => [name, value.replace(/^'|'$/g, "")]),
  );
}
