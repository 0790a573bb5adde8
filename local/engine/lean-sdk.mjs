/**
 * Loaded into the program's process: leaves out what the Pulumi SDK does for features that this engine does not have,
 * and loads what few programs use at its first use. It takes half of a program's CPU time away:
 *
 * - the TypeScript compiler and npm's dependency tree, for code that is serialized (`aws.lambda.CallbackFunction`,
 *   dynamic providers), and V8's debugger, which tells where a serialized function comes from;
 * - the Automation API;
 * - OpenTelemetry's exporters, for `--tracing`;
 * - the stack of each promise, for PULUMI_DEBUG_PROMISE_LEAKS, and of each resource, for the engine's logs;
 * - debug messages: one call to the engine each, which drops it.
 *
 * A file or function that another version of the SDK has no longer, or does not let be replaced, stays as it is.
 */
import Module from "node:module";

/** By path in `@pulumi/pulumi`: what stands in for a module. `load` loads the module itself. */
const standIns = {
  "runtime/closure/serializeClosure.js": (load) => functionsOf(load),
  "runtime/closure/codePaths.js": (load) => functionsOf(load),
  "automation/index.js": (load) => namespaceOf(load),
  "cmd/run/tracing.js": (load, filename) => functionsOf(load, { newSpan: spansThatRecordNothing(filename) }),
};

/** By path in `@pulumi/pulumi`: what changes a module's exports. */
const changes = {
  "runtime/closure/v8Hooks.js": debugAtFirstUse,
  "runtime/debuggable.js": withoutStacks,
  "resource.js": withoutCallSites,
  "log/index.js": withoutDebugMessages,
};

const SDK_FILE = /[\\/]@pulumi[\\/]pulumi[\\/](.*)$/;
const loadFile = Module._extensions[".js"];

Module._extensions[".js"] = (module, filename) => {
  const path = SDK_FILE.exec(filename)?.[1]?.replaceAll("\\", "/");
  const standIn = path && standIns[path];
  if (standIn) {
    const load = once(() => loadAside(module, filename));
    module.exports = standIn(load, filename);
    return;
  }
  loadFile(module, filename);
  if (path) changes[path]?.(module.exports);
};

/** Loads a file as a module that nobody else can require. */
function loadAside({ parent, paths }, filename) {
  const module = Object.assign(new Module(filename, parent), { filename, paths });
  loadFile(module, filename);
  return module.exports;
}

function once(make) {
  let made;
  return () => {
    made ??= make();
    return made;
  };
}

/** A module whose exports are functions: each loads it when it is called. */
function functionsOf(load, others = {}) {
  const get = (target, name) => {
    if (name === "__esModule") return true;
    target[name] ??= (...args) => load()[name](...args);
    return target[name];
  };
  return new Proxy({ ...others }, { get });
}

/** A module's exports, which load it when one of them is read. */
function namespaceOf(load) {
  return new Proxy(
    {},
    {
      get: (_, name) => (name === "__esModule" ? true : load()[name]),
      has: (_, name) => name in load(),
      ownKeys: () => Reflect.ownKeys(load()),
      getOwnPropertyDescriptor(_, name) {
        const descriptor = Reflect.getOwnPropertyDescriptor(load(), name);
        return descriptor && { ...descriptor, configurable: true };
      },
    },
  );
}

/** Spans of OpenTelemetry's API where no tracer was set up. */
function spansThatRecordNothing(filename) {
  const { trace } = Module.createRequire(filename)("@opentelemetry/api");
  return (name) => trace.getTracer("nodejs-runtime").startSpan(name);
}

/** With the debugger on, V8 reports each script to JavaScript. Turned on late, it reports all earlier ones too. */
function debugAtFirstUse(hooks) {
  const isReplaced = replace(hooks, "getSessionAsync", (getSessionAsync) =>
    once(async () => {
      const session = await getSessionAsync();
      for (const method of ["Debugger.disable", "Debugger.enable"]) {
        await new Promise((resolve, reject) => session.post(method, (error) => (error ? reject(error) : resolve())));
      }
      return session;
    }),
  );
  if (isReplaced) replace(hooks, "isInitializedAsync", () => async () => undefined);
}

function withoutStacks(debuggable) {
  if (debuggable.debugPromiseLeaks) return;
  replace(debuggable, "debuggablePromise", (debuggablePromise) => (promise, context) => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  });
}

function withoutCallSites({ Resource }) {
  if (Resource) replace(Resource, "callsites", () => () => []);
}

function withoutDebugMessages(log) {
  replace(log, "debug", () => async () => undefined);
}

/** Replaces a function of a module or class; returns whether it is there and can be replaced. */
function replace(owner, name, replacementFor) {
  const { value, writable = false } = Object.getOwnPropertyDescriptor(owner, name) ?? {};
  const isReplaceable = writable && typeof value === "function";
  if (isReplaceable) owner[name] = replacementFor(value);
  return isReplaceable;
}
