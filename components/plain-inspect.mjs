/**
 * Keeps a thrown error from taking half a minute and gigabytes of memory to print. Loaded with every component, so that a program that uses one needs no setting for it.
 *
 * The SDK prints every error with `util.inspect` in colours. On some versions of Node (20.20.2 and 22.23.3 among them) that does not end on stack frames such as
 * `node_modules/@pulumi/resource.ts`, which the SDK's source maps make. So: no colours for what names such a frame; everything else is as it was.
 */
import { createRequire } from "node:module";

const util = createRequire(import.meta.url)("node:util");
const inspect = util.inspect;
const MARK = Symbol.for("tributary.plainInspect");

/** `inspect(value, options)`, or its older form `inspect(value, showHidden, depth, colors)`. */
function plainInspect(value, options, ...older) {
  const isNewForm = typeof options === "object" && options !== null;
  const hasColors = isNewForm
    ? (options.colors ?? inspect.defaultOptions.colors)
    : (older[1] ?? inspect.defaultOptions.colors);
  if (!hasColors) return inspect(value, options, ...older);
  const plain = isNewForm ? inspect(value, { ...options, colors: false }) : inspect(value, options, older[0], false);
  return plain.includes("node_modules") ? plain : inspect(value, options, ...older);
}

if (!(MARK in inspect)) {
  const { prototype: _, ...properties } = Object.getOwnPropertyDescriptors(inspect);
  util.inspect = Object.defineProperties(plainInspect, { ...properties, [MARK]: { value: true } });
}
