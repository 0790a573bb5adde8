/**
 * Loaded before the program (Pulumi.yaml, `nodeargs`): keeps a thrown error from taking half a minute and gigabytes of memory to print.
 *
 * On some versions of Node (20.20.2 and 22.23.3 among them), `util.inspect` with colours does not end on stack frames such as
 * `node_modules/@pulumi/resource.ts`, which the SDK's source maps make, and the SDK inspects every error that it reports.
 * So: no colours, and no rewriting of stacks by anyone but Node itself.
 */
import { createRequire } from "node:module";

const util = createRequire(import.meta.url)("node:util");
const inspect = util.inspect;

/** `inspect(value, options)` and its older form `inspect(value, showHidden, depth, colors)`, both without colours. */
function plainInspect(value, options, depth) {
  if (typeof options === "object" && options !== null) return inspect(value, { ...options, colors: false });
  return inspect(value, options, depth, false);
}
util.inspect = Object.assign(plainInspect, inspect);

Object.defineProperty(Error, "prepareStackTrace", { get: () => undefined, set: () => undefined, configurable: false });
