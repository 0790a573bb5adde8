import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Control } from "./service.ts";
import type { Stored } from "./stored-items.ts";
import type { Delivered } from "./stored-lines.ts";

/** What the stand-in tells of its requests. */
export interface Counted {
  /** Requests of the services; not those of the benchmark. */
  readonly requests: number;
  /** What it refused, and why. Nothing in a benchmark that works. */
  readonly refusals: readonly string[];
}

/** The stand-in, as a process of its own. */
export interface RunningStandIn {
  /** Its address, for `AWS_ENDPOINT_URL`. */
  readonly url: string;
  /** Forgets what it got. @param serviceMs the time that DynamoDB and Firehose take for a request, from now on */
  reset(serviceMs: number): Promise<void>;
  items(): Promise<Stored & Counted>;
  lines(): Promise<Delivered & Counted>;
  close(): Promise<void>;
}

/** Starts the stand-in. @param program the bundled file of `main.ts` */
export async function startStandIn(program: string, signal: AbortSignal): Promise<RunningStandIn> {
  const child = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "inherit"], signal });
  // Aborted, it ends like any other time; whoever waits for it sees that.
  child.on("error", () => undefined);
  const [port] = (await once(createInterface({ input: child.stdout }), "line", { signal })) as [string];
  const url = `http://127.0.0.1:${port}`;
  const ask = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${url}${path}`, { signal });
    if (!response.ok) throw new Error(`the stand-in answered ${path} with ${response.status}`);
    return (await response.json()) as T;
  };
  return {
    url,
    reset: (serviceMs) => ask(`${Control.Reset}?serviceMs=${serviceMs}`),
    items: () => ask(Control.Items),
    lines: () => ask(Control.Lines),
    async close() {
      const ended = once(child, "close");
      child.stdin.end();
      if (child.exitCode === null && child.signalCode === null) await ended;
    },
  };
}
