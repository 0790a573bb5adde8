import childProcess from "node:child_process";
import { syncBuiltinESMExports } from "node:module";

function refusal(command: unknown): NodeJS.ErrnoException {
  return Object.assign(
    new Error(
      `A function in the local cloud may not start another program (${String(command)}): it would run outside of the cloud, as you. On AWS it would run in the function's own environment.`,
    ),
    { code: "EPERM", errno: -1, syscall: "spawn" },
  );
}

/** Refuses every child process: the guards on a function's connections would not cover those of another program. */
export function forbidProcesses(): void {
  // spawn, exec, execFile and fork all call this method.
  const { prototype } = childProcess.ChildProcess as unknown as {
    prototype: { spawn(options: { file?: string }): void };
  };
  prototype.spawn = ({ file }) => {
    throw refusal(file);
  };
  for (const name of ["spawnSync", "execSync", "execFileSync"] as const) {
    Object.assign(childProcess, {
      [name]: (command: unknown) => {
        throw refusal(command);
      },
    });
  }
  syncBuiltinESMExports();
}
