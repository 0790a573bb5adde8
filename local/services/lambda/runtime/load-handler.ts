import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { FunctionErrorBody } from "./messages.ts";

export type Handler = (
  event: unknown,
  context: unknown,
  callback?: (error: unknown, result?: unknown) => void,
) => unknown;

/** The handler could not be loaded; `body` is Lambda's error. */
export class InitError extends Error {
  readonly body: FunctionErrorBody;

  constructor(errorType: string, errorMessage: string, trace?: readonly string[]) {
    super(errorMessage);
    this.body = { errorType, errorMessage, ...(trace ? { trace } : {}) };
  }
}

/** Node's runtimes from this version on do not support callback handlers. */
const FIRST_RUNTIME_WITHOUT_CALLBACKS = 24;

/**
 * Loads `<file>.<export>` from the task root as Lambda does: `.js` by the package's type, then `.mjs`, then `.cjs`.
 * Throws InitError.
 */
export async function loadHandler(taskRoot: string, handler: string, runtime: string): Promise<Handler> {
  const parts = /^((?:.*\/)?[^./]+)\.(.+)$/.exec(handler);
  if (!parts) throw new InitError("Runtime.MalformedHandlerName", `Bad handler: ${handler}`);
  const [, file = "", exportPath = ""] = parts;
  const path = [".js", ".mjs", ".cjs"].map((extension) => join(taskRoot, `${file}${extension}`)).find(existsSync);
  if (!path) throw new InitError("Runtime.ImportModuleError", `Error: Cannot find module '${file}'`);
  let loaded: unknown;
  try {
    loaded = isEsm(path, taskRoot) ? await import(pathToFileURL(path).href) : createRequire(path)(path);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new InitError("Runtime.UserCodeSyntaxError", String(error), stackLines(error));
    const code = (error as NodeJS.ErrnoException | undefined)?.code;
    if (code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND") {
      throw new InitError("Runtime.ImportModuleError", String(error), stackLines(error));
    }
    const thrown = error instanceof Error ? error : new Error(String(error));
    throw new InitError(thrown.name, thrown.message, stackLines(thrown));
  }
  let found: unknown = loaded;
  for (const name of exportPath.split(".")) found = (found as Record<string, unknown> | undefined)?.[name];
  if (found === undefined || found === null) {
    throw new InitError("Runtime.HandlerNotFound", `${handler} is undefined or not exported`);
  }
  if (typeof found !== "function") throw new InitError("Runtime.HandlerNotFound", `${handler} is not a function`);
  if (found.length >= 3 && Number(/\d+/.exec(runtime)?.[0]) >= FIRST_RUNTIME_WITHOUT_CALLBACKS) {
    throw new InitError(
      "Runtime.CallbackHandlerDeprecated",
      "AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. Write the handler as an async function.",
    );
  }
  return found as Handler;
}

/** The first lines of an error's stack, in Lambda's form. */
export function stackLines(error: unknown): readonly string[] {
  return error instanceof Error && error.stack ? error.stack.split("\n") : [];
}

function isEsm(path: string, taskRoot: string): boolean {
  if (path.endsWith(".mjs")) return true;
  if (path.endsWith(".cjs")) return false;
  const require = createRequire(path);
  for (let folder = dirname(path); folder.startsWith(taskRoot); folder = dirname(folder)) {
    const packageFile = join(folder, "package.json");
    if (existsSync(packageFile)) return (require(packageFile) as { type?: string }).type === "module";
    if (folder === taskRoot) break;
  }
  return false;
}
