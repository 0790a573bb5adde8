import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * Leaves each promise of the Pulumi SDK as it is. The SDK wraps it in two more and keeps it, to report at the end of the
 * process which ones were never settled; a process of tests does not end with a program, and most of its promises are
 * those of programs. To be called by whatever runs a program in the test's process.
 */
export function unwatchedPromises(): void {
  Object.assign(require("@pulumi/pulumi/runtime/debuggable") as object, {
    debuggablePromise: <T>(promise: Promise<T>) => promise,
  });
}
