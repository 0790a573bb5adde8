import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, parseDocument } from "yaml";
import { loadConfig } from "../engine/config.ts";
import { readProject } from "../engine/project.ts";

/** Keys of a stack file that say how its secrets are encrypted: with a key or a passphrase that a rehearsal does not have, and does not need. */
const encryptionKeys = ["secretsprovider", "encryptedkey", "encryptionsalt"];

/**
 * Writes a copy of a stack's file for the CLI, without what ties it to a secrets provider. The original may be the target.
 * Throws UserError when the configuration is not complete, or has a secret in it.
 */
export function writeStackFile(projectDir: string, stack: string, target: string): void {
  loadConfig(readProject(projectDir), stack);
  const source = join(projectDir, `Pulumi.${stack}.yaml`);
  if (!existsSync(source)) return;
  const document = parseDocument(readFileSync(source, "utf8"));
  if (isMap(document.contents)) for (const key of encryptionKeys) document.delete(key);
  writeFileSync(target, document.toString());
}
