import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it; nothing where it is there. One by one, because Node's own recursive way never ends
 * below /proc, where nothing can be made. Throws the system's error.
 * @param path absolute.
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}
