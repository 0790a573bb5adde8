import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * Loads what the Pulumi SDK needs to serialize functions, npm's resolver and TypeScript's compiler, when it is first
 * used: no program here serializes a function, and the two take two thirds of the SDK's loading time. To be called
 * before anything has loaded the SDK.
 */
export function loadSerializationLazily(): void {
  const fromSdk = createRequire(require.resolve("@pulumi/pulumi"));
  lazily(fromSdk, "@npmcli/arborist");
  lazily(fromSdk, "./typescript-shim");
}

/** Makes a CommonJS module a stand-in that loads the real one when a member is read. */
function lazily(requireFrom: NodeJS.Require, name: string): void {
  const path = requireFrom.resolve(name);
  let real: object | undefined;
  const load = (): object => {
    if (real !== undefined) return real;
    delete require.cache[path];
    real = requireFrom(path) as object;
    return real;
  };
  // A module with __esModule is used as it is; of another, the SDK would copy all members.
  const get = (_: object, member: string | symbol) => (member === "__esModule" ? true : Reflect.get(load(), member));
  require.cache[path] = Object.assign(Object.create(null), { exports: new Proxy({}, { get }), loaded: true });
}
