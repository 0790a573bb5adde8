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

/** What a resource's inputs may be made from: the outputs of another one, `id` among them. */
export type OutputsOf = (name: string) => Properties;

/** A resource as a program registers it. */
export interface WireResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties | ((outputsOf: OutputsOf) => Properties);
  readonly ignoreChanges?: readonly string[];
}

/** What a program computes from outputs (`apply`): unknown as long as one of them is. */
export function computed(outputs: readonly unknown[], compute: () => unknown): unknown {
  return outputs.includes(UNKNOWN) ? UNKNOWN : compute();
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

/** What the SDK and the engine make of a program's values: undefined ones are left out, assets and archives get a hash of what is in them. */
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
