// As in a program's process: before anything loads the SDK.
import "../../local/engine/lean-sdk.mjs";
import { bundleOnce } from "./bundle-once.ts";
import { runCleanups } from "./cleanup.ts";
import { reportedErrors } from "./reported-errors.ts";

bundleOnce();

/** Fails tests that leave an unhandled rejection behind, which mocha does not. */
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
  // In a parallel run this would run after each file. There, shared fixtures end with their worker process.
  ...(process.env["MOCHA_WORKER_ID"] === undefined ? { afterAll: runCleanups } : {}),
};
