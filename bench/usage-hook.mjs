// Loaded by every Node.js process of a measured program: records the processor time and the peak memory of the process
// when it exits. JavaScript, because it is loaded before anything that could read TypeScript.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";

const folder = process.env.TRIBUTARY_USAGE_FOLDER;
if (folder !== undefined && isMainThread) {
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const usage = { cpuMicroseconds: userCPUTime + systemCPUTime, peakRssKib: maxRSS };
    writeFileSync(join(folder, `${process.pid}-${Date.now()}.json`), JSON.stringify(usage));
  });
}
