// Loaded by every Node.js process of a measured program: records the processor time and the peak memory of the process
// when it exits. JavaScript, because it is loaded before anything that could read TypeScript.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";

const folder = process.env.TRIBUTARY_USAGE_FOLDER;
if (folder !== undefined && isMainThread) {
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    // On Linux maxRSS begins with the size of the process that started this one; see child/peak-rss.ts.
    const isLinux = process.platform === "linux";
    const own = isLinux ? /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] : undefined;
    const usage = { cpuMicroseconds: userCPUTime + systemCPUTime, peakRssKib: Number(own ?? maxRSS) };
    writeFileSync(join(folder, `${process.pid}-${Date.now()}.json`), JSON.stringify(usage));
  });
}
