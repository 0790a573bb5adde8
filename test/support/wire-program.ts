import { createHash } from "node:crypto";
import type { Properties } from "../../local/provider/resource-type.ts";
import {
  isRawAsset,
  isRecord,
  mapValues,
  SIGNATURE_KEY,
  Signature,
  signatureOf,
} from "../../local/provider/wire-values.ts";

/** What a resource's inputs may be made from: the outputs of another one, `id` among them. */
export type OutputsOf = (name: string) => Properties;

/** A resource as a program registers it. */
export interface WireResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties | ((outputsOf: OutputsOf) => Properties);
  readonly ignoreChanges?: readonly string[];
}

/** A secret as it stands on the wire. */
export function secret(value: unknown): Properties {
  return { [SIGNATURE_KEY]: Signature.Secret, value };
}

/** An asset with this text, as a program gives it. */
export function textAsset(text: string): Properties {
  return { [SIGNATURE_KEY]: Signature.Asset, text };
}

/** An archive of these files, as a program gives it. */
export function archive(files: Readonly<Record<string, string>>): Properties {
  return { [SIGNATURE_KEY]: Signature.Archive, assets: mapValues(files, textAsset) };
}

/** The same values, with a hash of what is in them added to all assets and archives: the engine does that, not the program. */
export function withHashes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withHashes);
  if (!isRecord(value)) return value;
  const inner = mapValues(value, withHashes);
  if (!isRawAsset(inner)) return inner;
  const content = signatureOf(inner) === Signature.Asset ? String(inner["text"]) : JSON.stringify(inner["assets"]);
  return { ...inner, hash: createHash("sha256").update(content).digest("hex") };
}
