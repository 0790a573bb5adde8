import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { UserError } from "../errors.ts";
import type { StackConfig } from "./config.ts";
import type { Project } from "./project.ts";

/** How many operations a program may have open at once; the SDK only asks whether it is one. */
const PARALLEL = 64;

export interface ProgramOptions {
  readonly project: Project;
  readonly stack: string;
  readonly config: StackConfig;
  /** `127.0.0.1:<port>` of the monitor and engine services. */
  readonly address: string;
  readonly isPreview: boolean;
  readonly onLine: (source: "stdout" | "stderr", line: string) => void;
}

/** A Pulumi program that runs in a process of its own. */
export interface Program {
  /** Resolves when the process has ended and its output was read. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Ends it at once. */
  kill(): void;
}

/** Starts the program the way Pulumi's language host does: by the SDK's own entry. Throws UserError when there is no SDK. */
export function startProgram(options: ProgramOptions): Program {
  const { project, stack, config, address, isPreview } = options;
  const child = spawn(
    process.execPath,
    [
      ...project.nodeArgs,
      findRunner(project),
      `--monitor=${address}`,
      `--engine=${address}`,
      `--project=${project.name}`,
      `--stack=${stack}`,
      "--organization=organization",
      `--root-directory=${project.directory}`,
      `--pwd=${project.workingDirectory}`,
      `--parallel=${PARALLEL}`,
      ...(isPreview ? ["--dry-run"] : []),
      project.entryPoint,
    ],
    { cwd: project.workingDirectory, env: environment(project, config), stdio: ["ignore", "pipe", "pipe"] },
  );
  for (const source of ["stdout", "stderr"] as const) {
    createInterface({ input: child[source], crlfDelay: Number.POSITIVE_INFINITY }).on("line", (line) =>
      options.onLine(source, line),
    );
  }
  return { ended: whenEnded(child), kill: () => child.kill("SIGKILL") };
}

/** Something that the program has started may keep its output open after its end: that is not waited for longer than this. */
const OUTPUT_GRACE_MS = 500;

function whenEnded(child: ChildProcess): Program["ended"] {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      const giveUp = setTimeout(() => resolve({ code, signal }), OUTPUT_GRACE_MS);
      child.once("close", () => {
        clearTimeout(giveUp);
        resolve({ code, signal });
      });
    });
  });
}

function findRunner(project: Project): string {
  try {
    return createRequire(join(project.workingDirectory, "index.js")).resolve("@pulumi/pulumi/cmd/run");
  } catch {
    throw new UserError(
      `It looks like the Pulumi SDK has not been installed in ${project.workingDirectory}. Have you run npm install?`,
    );
  }
}

/** What a program of another run has left in this process's environment must not reach this one. */
function environment(project: Project, config: StackConfig): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^PULUMI_(NODEJS_|CONFIG)/.test(name));
  const values = [...config.values].map(([key, value]) => [key.replace(":", ":config:"), value]);
  return {
    ...Object.fromEntries(inherited),
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(values)),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(config.secretKeys),
    ...(project.isTypescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
  };
}
