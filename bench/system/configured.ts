import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Not copied: history, what was installed, and what was made. */
const LEFT_OUT: readonly string[] = [".git", ".tributary", "node_modules", "bench", "test", "docs"];

/**
 * A copy of the project with other values in a stack file, on the same installed packages.
 * @param values by their whole key, such as `tributary:shardCount`; a key that the file lacks is added.
 * @returns `target`.
 */
export function configuredCopy(
  projectDir: string,
  target: string,
  stackFile: string,
  values: Readonly<Record<string, string | number>>,
): string {
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(projectDir)) {
    if (!LEFT_OUT.includes(name)) cpSync(join(projectDir, name), join(target, name), { recursive: true });
  }
  symlinkSync(join(projectDir, "node_modules"), join(target, "node_modules"), "dir");
  const file = join(target, stackFile);
  writeFileSync(file, withValues(readFileSync(file, "utf8"), values));
  return target;
}

/** A stack file's text with these values. */
export function withValues(text: string, values: Readonly<Record<string, string | number>>): string {
  let changed = text;
  for (const [key, value] of Object.entries(values)) {
    const line = new RegExp(`^  ${key}:.*$`, "m");
    changed = line.test(changed)
      ? changed.replace(line, `  ${key}: ${value}`)
      : changed.replace(/^config:$/m, `config:\n  ${key}: ${value}`);
  }
  return changed;
}
