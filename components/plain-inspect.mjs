/**
 * Keeps a thrown error from taking half a minute and gigabytes of memory to print. Loaded with every component, so that a program that uses one needs no setting for it.
 *
 * The SDK prints every error with `util.inspect` in colours. On some versions of Node (20.20.2 and 22.23.3 among them) that does not end on stack frames such as
 * `node_modules/@pulumi/resource.ts`, which the SDK's source maps make. So: no colours for an error that names such a frame; everything else is as it was.
 * The SDK has taken its copy of `util.inspect` before any component is loaded, so it is the errors that say how they are printed.
 */
const CUSTOM = Symbol.for("nodejs.util.inspect.custom");

/** What `inspect` asks an error; an answer of the error itself means: as usual. */
function inspectError(depth, { stylize, ...options }, inspect) {
  const hasColors = stylize("text", "string") !== "text";
  if (!hasColors || !String(this.stack).includes("node_modules")) return this;
  return inspect(this, { ...options, depth, colors: false });
}

if (!(CUSTOM in Error.prototype)) {
  Object.defineProperty(Error.prototype, CUSTOM, { value: inspectError, configurable: true, writable: true });
}
