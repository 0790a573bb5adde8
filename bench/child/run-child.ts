import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import type { Sample } from "../harness.ts";

/**
 * Runs a program that writes its figures to file descriptor 3, as JSON.
 * @param options.args arguments of the program; the last one is the task
 * @throws Error with the end of its standard error, when it fails
 */
export async function runChild(
  program: string,
  args: readonly string[],
  options: { readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal },
): Promise<Sample> {
  const child = spawn(program, args, {
    env: options.env,
    signal: options.signal,
    // Standard output is what the function logs. Lambda reads it; here nobody does.
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  const [figures, errors, [code]] = await Promise.all([
    text(child.stdio[3] as Readable),
    text(child.stderr as Readable),
    once(child, "close") as Promise<[number | null]>,
  ]);
  if (code !== 0 || figures === "") throw new Error(`${args.join(" ")} ended with ${code}: ${errors.slice(-2_000)}`);
  return JSON.parse(figures) as Sample;
}
