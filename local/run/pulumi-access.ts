import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Cloud } from "../cloud.ts";
import { UserError } from "../kernel/errors.ts";
import { makeFolder } from "../kernel/make-folder.ts";
import { ownerLookupOf } from "../provider/grpc/connection-owner.ts";
import { ProviderServer } from "../provider/grpc/provider-server.ts";
import { LocalProvider } from "../provider/local-provider.ts";

/** File in a backend's folder with its passphrase. */
const PASSPHRASE_FILE = "passphrase";

/** Environment variables for a pulumi CLI that deploys into the local cloud. */
export type PulumiEnvironment = Readonly<Record<string, string>>;

/**
 * Serves the local cloud's provider to pulumi CLIs.
 * @param port 0 for any free one.
 * @param projectDir base of relative asset paths.
 * @param platform of this machine, for tests.
 */
export async function serveProvider(
  cloud: Cloud,
  port: number,
  projectDir: string,
  platform: NodeJS.Platform = process.platform,
): Promise<PulumiAccess> {
  const server = new ProviderServer({
    newProvider: () => new LocalProvider({ cloud, baseDir: projectDir }),
    types: [...cloud.registry.resourceTypes.values()],
    version: awsPackageVersion(),
    ownerOf: ownerLookupOf(platform),
  });
  const boundPort = await server.listen(port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    throw new UserError(`--provider-port ${port} is in use: choose another, or leave the option out for any free one`);
  });
  return { port: boundPort, isOpenToOthers: server.isOpenToOthers, close: () => server.close() };
}

/** A served provider. */
export interface PulumiAccess {
  readonly port: number;
  /** Whether every user of this machine can connect: only on Linux can a connection's owner be looked up. */
  readonly isOpenToOthers: boolean;
  close(): Promise<void>;
}

/**
 * The environment for the pulumi CLI.
 * @param backend folder of a file backend; created with a passphrase when it does not exist. Without it the CLI uses
 * the backend it is logged in to.
 */
export function pulumiEnvironment(port: number, backend?: string): PulumiEnvironment {
  return {
    PULUMI_DEBUG_PROVIDERS: `aws:${port}`,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    ...(backend === undefined ? {} : backendEnvironment(backend)),
  };
}

/** Whether the backend's folder has stacks. */
export function hasState(backend: string): boolean {
  return existsSync(join(backend, ".pulumi", "stacks"));
}

/** The environment as lines for a POSIX shell. */
export function shellLines(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment).map(([name, value]) => `export ${name}=${quoted(value)}`);
}

/** Writes the environment to a file atomically, so that a script waiting for the file never reads part of it. */
export function writeEnvFile(file: string, environment: PulumiEnvironment): void {
  const partial = `${file}.${process.pid}`;
  try {
    makeFolder(dirname(resolve(file)));
    writeFileSync(partial, envFileText(environment), { mode: 0o600 });
    renameSync(partial, file);
  } catch (error) {
    if (existsSync(partial)) rmSync(partial);
    throw new UserError(`--env-file ${file} cannot be written: ${(error as Error).message}`);
  }
}

/** Removes the file if it still has this run's content: another cloud may have overwritten it. */
export function removeEnvFile(file: string, environment: PulumiEnvironment): void {
  if (existsSync(file) && readFileSync(file, "utf8") === envFileText(environment)) rmSync(file);
}

function envFileText(environment: PulumiEnvironment): string {
  return `${shellLines(environment).join("\n")}\n`;
}

function backendEnvironment(backend: string): PulumiEnvironment {
  if (/^\w+:\/\//.test(backend)) {
    throw new UserError(
      `--backend is "${backend}", allowed is a folder such as .tributary/backend. For another backend leave the option out and type: pulumi login ${backend}`,
    );
  }
  const directory = resolve(backend);
  const passphraseFile = join(directory, PASSPHRASE_FILE);
  try {
    makeFolder(directory);
    // Only the first run creates one: existing states are encrypted with it.
    if (existsSync(passphraseFile)) readFileSync(passphraseFile);
    else writeFileSync(passphraseFile, randomBytes(24).toString("base64url"), { mode: 0o600, flag: "wx" });
  } catch (error) {
    throw new UserError(`--backend ${directory} cannot be used: ${(error as Error).message}`);
  }
  return { PULUMI_BACKEND_URL: pathToFileURL(directory).href, PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile };
}

function awsPackageVersion(): string {
  const require = createRequire(import.meta.url);
  return (require("@pulumi/aws/package.json") as { version: string }).version;
}

function quoted(value: string): string {
  return /^[\w./:@%+=,-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
