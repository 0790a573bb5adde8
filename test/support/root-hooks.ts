import { bundleOnce } from "./bundle-once.ts";
import { runCleanups } from "./cleanup.ts";
import { reportedErrors } from "./reported-errors.ts";

bundleOnce();

/** mocha passes a test that leaves an unhandled rejection behind; this makes it fail. */
const unhandled: unknown[] = [];
process.on("unhandledRejection", (reason) => {
  if (!(reason instanceof Error && reportedErrors.has(reason))) unhandled.push(reason);
});

export const mochaHooks = {
  async afterEach(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    const first = unhandled.splice(0)[0];
    if (first !== undefined) throw first instanceof Error ? first : new Error(`unhandled rejection: ${String(first)}`);
  },
  // In a parallel run this would come after each file; there, what files share ends with their worker process.
  ...(process.env["MOCHA_WORKER_ID"] === undefined ? { afterAll: runCleanups } : {}),
};
