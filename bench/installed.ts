import { existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../local/kernel/errors.ts";
import { runProcess } from "../local/rehearse/run-process.ts";
import type { BenchContext } from "./section.ts";

/** The file that npm writes when it has installed everything. */
const INSTALLED = "bench/node_modules/.package-lock.json";

/** Installs the libraries that are measured beside, unless they are there. @throws UserError with npm's words */
export async function installLibraries({ projectDir, progress, signal }: BenchContext): Promise<void> {
  if (existsSync(join(projectDir, INSTALLED))) return;
  progress("installing the libraries to compare with: npm ci --prefix bench");
  const args = ["ci", "--prefix", "bench", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { code, stderr } = await runProcess("npm", args, { cwd: projectDir, signal });
  if (code !== 0) throw new UserError(`npm ci --prefix bench ended with ${code}: ${stderr.trim().slice(0, 500)}`);
}
