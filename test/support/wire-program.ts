import { archiveHash, assetHash } from "../../local/resource-types/content-hash.ts";
import type { Properties } from "../../local/resource-types/resource-type.ts";
import {
  isRawAsset,
  isRecord,
  mapValues,
  SIGNATURE_KEY,
  Signature,
  signatureOf,
  UNKNOWN,
} from "../../local/resource-types/wire-values.ts";

/** The outputs of another resource, including `id`, from which inputs can be computed. */
export type OutputsOf = (name: string) => Properties;

/** A resource of a program. */
export interface WireResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties | ((outputsOf: OutputsOf) => Properties);
  readonly ignoreChanges?: readonly string[];
}

/** A value computed from outputs (`apply`): unknown while one of them is unknown. */
export function computed(outputs: readonly unknown[], compute: () => unknown): unknown {
  return outputs.includes(UNKNOWN) ? UNKNOWN : compute();
}

/** A secret in wire format. */
export function secret(value: unknown): Properties {
  return { [SIGNATURE_KEY]: Signature.Secret, value };
}

/** An asset with this text, as in a program. */
export function textAsset(text: string): Properties {
  return { [SIGNATURE_KEY]: Signature.Asset, text };
}

/** An archive of these files, as in a program. */
export function archive(files: Readonly<Record<string, string>>): Properties {
  return { [SIGNATURE_KEY]: Signature.Archive, assets: mapValues(files, textAsset) };
}

/**
 * A program's values after the SDK and the engine: without undefined ones, and with hashes for assets and archives.
 */
export function asSent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asSent);
  if (!isRecord(value)) return value;
  const inner = Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : [[key, asSent(member)]])),
  );
  if (!isRawAsset(inner)) return inner;
  const bytes = (asset: unknown) => Buffer.from(String((asset as Properties)["text"]));
  if (signatureOf(inner) === Signature.Asset) return { ...inner, hash: assetHash(new Map([["", bytes(inner)]])) };
  const members = Object.entries(inner["assets"] as Properties).sort(([left], [right]) => (left < right ? -1 : 1));
  return { ...inner, hash: archiveHash(new Map(members.map(([name, asset]) => [name, bytes(asset)]))) };
}
