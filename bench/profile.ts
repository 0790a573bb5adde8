import { basename } from "node:path";

/** The part of V8's CPU profile that is read (https://chromedevtools.github.io/devtools-protocol/tot/Profiler/). */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  /** The node at each sample. */
  readonly samples: readonly number[];
  /** Microseconds between a sample and the one before. */
  readonly timeDeltas: readonly number[];
}

/** A share of the time that a process was not idle, 0 to 1. */
export interface Share {
  readonly what: string;
  readonly share: number;
}

/** Native functions that hand bytes to a socket. */
const SOCKET_WRITE = /^(?:writev?|writeBuffer|write(?:Utf8|Latin1|Ascii)String)$/;
/** Files of a bundle that several others share: with our functions, the AWS SDK's code. */
const CHUNK = /\/chunk-\d+\.mjs$/;
/** Shares under this are left out. */
const LEAST_SHARE = 0.02;

/** Where the time of a function's process goes: by file of its bundle, and outside of it by kind. */
export function sharesOf({ nodes, samples, timeDeltas }: CpuProfile): readonly Share[] {
  const kinds = new Map(nodes.map(({ id, callFrame }) => [id, kindOf(callFrame)]));
  const times = new Map<string, number>();
  let total = 0;
  for (const [index, id] of samples.entries()) {
    const kind = kinds.get(id);
    if (kind === undefined) continue;
    const time = timeDeltas[index] ?? 0;
    total += time;
    times.set(kind, (times.get(kind) ?? 0) + time);
  }
  return [...times]
    .map(([what, time]) => ({ what, share: time / total }))
    .filter(({ share }) => share >= LEAST_SHARE)
    .sort((left, right) => right.share - left.share);
}

/** Undefined for idle time. */
function kindOf({ functionName, url }: CpuProfile["nodes"][number]["callFrame"]): string | undefined {
  if (functionName === "(idle)") return undefined;
  if (functionName === "(garbage collector)") return "garbage collection";
  if (url.startsWith("file:")) return CHUNK.test(url) ? "chunks of the bundle" : basename(url);
  if (SOCKET_WRITE.test(functionName) && url === "") return "writes to sockets";
  return "Node.js";
}

/** The shares as a sentence. */
export function profileText(shares: readonly Share[]): string {
  const parts = shares.map(({ what, share }) => `${what} ${Math.round(share * 100)} %`);
  return `a profile of this CPU time: ${parts.join(", ")}`;
}
