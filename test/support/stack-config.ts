import { readFileSync } from "node:fs";
import { parse } from "yaml";

interface DeclaredKey {
  readonly type: string;
  readonly description: string;
  readonly default: unknown;
}

interface WithConfig {
  readonly config: Readonly<Record<string, unknown>>;
}
const read = new Map<string, WithConfig>();

/** A file of the project, read once in a process. */
function readYaml(file: string): WithConfig {
  const text = () => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
  const known = read.get(file) ?? (parse(text()) as WithConfig);
  read.set(file, known);
  return known;
}

/** The keys that Pulumi.yaml declares, by full name. */
export function declaredKeys(): Readonly<Record<string, DeclaredKey>> {
  return readYaml("Pulumi.yaml").config as Readonly<Record<string, DeclaredKey>>;
}

/** The configuration of a committed stack file in the engine's format: with the declared defaults, values as text. */
export function committedConfig(stack: "prod" | "poc"): Record<string, string> {
  const defaults = Object.entries(declaredKeys()).map(([key, declared]) => [key, declared.default] as const);
  const own = Object.entries(readYaml(`Pulumi.${stack}.yaml`).config);
  return Object.fromEntries(
    [...defaults, ...own].map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}
