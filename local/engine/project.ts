import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { UserError } from "../kernel/errors.ts";

/**
 * A configuration key in Pulumi.yaml: type and default for the project's own keys, a value for those of other
 * packages.
 */
const configTypeSchema = z.strictObject({
  type: z.enum(["string", "boolean", "integer", "array", "object"]).optional(),
  description: z.string().optional(),
  items: z.unknown().optional(),
  default: z.unknown().optional(),
  value: z.unknown().optional(),
  secret: z.boolean().optional(),
});

/** The declaration of one configuration key. */
export type ConfigType = z.infer<typeof configTypeSchema>;

const runtimeSchema = z.union([
  z.literal("nodejs").transform(() => ({ options: {} as { nodeargs?: string; typescript?: boolean } })),
  z.object({
    name: z.literal("nodejs"),
    options: z.object({ nodeargs: z.string().optional(), typescript: z.boolean().optional() }).default({}),
  }),
]);

const projectSchema = z.object({
  name: z.string().regex(/^[\w.-]+$/),
  runtime: runtimeSchema,
  main: z.string().optional(),
  config: z.record(z.string(), z.unknown()).default({}),
});

/** A Pulumi project, read from its Pulumi.yaml. */
export interface Project {
  readonly name: string;
  readonly directory: string;
  /** Working directory of the program. */
  readonly workingDirectory: string;
  /** The file to run, or `.` for the one in package.json. */
  readonly entryPoint: string;
  readonly nodeArgs: readonly string[];
  readonly isTypescript: boolean;
  readonly config: ReadonlyMap<string, ConfigType>;
}

/** Reads Pulumi.yaml. Throws UserError. */
export function readProject(directory: string): Project {
  const path = join(directory, "Pulumi.yaml");
  if (!existsSync(path)) throw new UserError(`no Pulumi.yaml project file found in ${directory}`);
  const parsed = projectSchema.safeParse(readYaml(path));
  if (!parsed.success) throw new UserError(`could not read ${path}: ${firstIssue(parsed.error)}`);
  const { name, runtime, main, config } = parsed.data;
  const target = main === undefined ? directory : resolve(directory, main);
  const isFile = existsSync(target) && statSync(target).isFile();
  return {
    name,
    directory,
    workingDirectory: isFile ? dirname(target) : target,
    entryPoint: isFile ? basename(target) : ".",
    nodeArgs: splitArguments(runtime.options.nodeargs ?? ""),
    isTypescript: runtime.options.typescript ?? true,
    config: new Map(Object.entries(config).map(([key, value]) => [key, readConfigType(path, key, value)])),
  };
}

/** The `config` of Pulumi.<stack>.yaml, unchanged; undefined when the file does not exist. Throws UserError. */
export function readStackConfig(directory: string, stack: string): Readonly<Record<string, unknown>> | undefined {
  const path = join(directory, `Pulumi.${stack}.yaml`);
  if (!existsSync(path)) return undefined;
  const parsed = z
    .object({ config: z.record(z.string(), z.unknown()).nullish() })
    .nullish()
    .safeParse(readYaml(path));
  if (!parsed.success) throw new UserError(`could not read ${path}: ${firstIssue(parsed.error)}`);
  return parsed.data?.config ?? {};
}

/** The stacks with a file in the project. */
export function stackNames(directory: string): readonly string[] {
  return readdirSync(directory).flatMap((file) => /^Pulumi\.([\w.-]+)\.yaml$/.exec(file)?.[1] ?? []);
}

function readConfigType(path: string, key: string, value: unknown): ConfigType {
  const isShorthand = typeof value !== "object" || value === null || Array.isArray(value);
  if (isShorthand) return key.includes(":") ? { value } : { default: value };
  const parsed = configTypeSchema.safeParse(value);
  if (!parsed.success) throw new UserError(`could not read ${path}: config.${key}: ${firstIssue(parsed.error)}`);
  return parsed.data;
}

function readYaml(path: string): unknown {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UserError(`could not read ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return `${issue?.path.join(".") || "file"}: ${issue?.message ?? "invalid"}`;
}

/** Splits arguments like a shell; of its syntax only quotes. */
function splitArguments(text: string): readonly string[] {
  return [...text.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) =>
    word.replaceAll(/"([^"]*)"|'([^']*)'/g, "$1$2"),
  );
}
