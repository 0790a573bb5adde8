import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, parseDocument } from "yaml";
import { loadConfig } from "../engine/config.ts";
import { readProject } from "../engine/project.ts";

/**
 * Keys of a stack file about the encryption of secrets. A rehearsal has neither the key nor the passphrase, and needs
 * neither.
 */
const encryptionKeys = ["secretsprovider", "encryptedkey", "encryptionsalt"];

/**
 * Writes a copy of a stack's file for the CLI, without its secrets provider. The target may be the original. Throws
 * UserError when the configuration is incomplete or contains a secret.
 */
export function writeStackFile(projectDir: string, stack: string, target: string): void {
  loadConfig(readProject(projectDir), stack);
  const source = join(projectDir, `Pulumi.${stack}.yaml`);
  if (!existsSync(source)) return;
  const document = parseDocument(readFileSync(source, "utf8"));
  if (isMap(document.contents)) for (const key of encryptionKeys) document.delete(key);
  writeFileSync(target, document.toString());
}
