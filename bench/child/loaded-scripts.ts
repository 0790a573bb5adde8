import { statSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { basename, dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * Watches which files beside a bundle's main file are compiled from now on.
 * @returns ends the watch and gives the bytes of each file by its name
 */
export async function loadedScripts(mainFile: string): Promise<() => Record<string, number>> {
  const folder = pathToFileURL(`${dirname(mainFile)}/`).href;
  const files = new Set<string>();
  const session = new Session();
  session.connect();
  session.on("Debugger.scriptParsed", ({ params: { url } }) => {
    if (url.startsWith(folder)) files.add(fileURLToPath(url));
  });
  await session.post("Debugger.enable");
  return () => {
    session.disconnect();
    return Object.fromEntries([...files].map((file) => [basename(file), statSync(file).size]));
  };
}
