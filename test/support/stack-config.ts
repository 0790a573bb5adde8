import { readFileSync } from "node:fs";
import { parse } from "yaml";

interface DeclaredKey {
  readonly type: string;
  readonly description: string;
  readonly default: unknown;
}

function readYaml(file: string): { config: Record<string, unknown> } {
  return parse(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8")) as { config: Record<string, unknown> };
}

/** The keys that Pulumi.yaml declares, by full name. */
export function declaredKeys(): Readonly<Record<string, DeclaredKey>> {
  return readYaml("Pulumi.yaml").config as Record<string, DeclaredKey>;
}

/** The configuration of a committed stack file in the engine's format: with the declared defaults, values as text. */
export function committedConfig(stack: "prod" | "poc"): Record<string, string> {
  const defaults = Object.entries(declaredKeys()).map(([key, declared]) => [key, declared.default] as const);
  const own = Object.entries(readYaml(`Pulumi.${stack}.yaml`).config);
  return Object.fromEntries(
    [...defaults, ...own].map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}
