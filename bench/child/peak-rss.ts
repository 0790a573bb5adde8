import { readFileSync } from "node:fs";

const BYTES_OF_KIB = 1_024;

/**
 * Peak resident set of this process, bytes. On Linux the system's own count of this program: `maxRSS` begins with the
 * size of the process that started this one.
 */
export function peakRssBytes(): number {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS * BYTES_OF_KIB;
  const [, kib] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  if (kib === undefined) throw new Error("/proc/self/status has no VmHWM: the peak of the memory cannot be read");
  return Number(kib) * BYTES_OF_KIB;
}
