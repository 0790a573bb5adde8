/** How Pulumi marks what JSON has no word for: an object with this key says in it what it stands for. */
export const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";

/** What can stand under the signature key. Source: Pulumi's property wire format. */
export const Signature = {
  Secret: "1b47061264138c4ac30d75fd1eb44270",
  Asset: "c44067f5952c0a294b673a41bacd8c17",
  Archive: "0def7320c3a5731c473e5ecbe6d01bc7",
} as const;

/** Stands for a value that a preview cannot know yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Where a value stands inside properties. */
export type ValuePath = readonly (string | number)[];

/** An object as JSON has it (not an array, not null). */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The signature of a marked value, or undefined for a plain one. */
export function signatureOf(value: unknown): unknown {
  return isRecord(value) ? value[SIGNATURE_KEY] : undefined;
}

export function isSecret(value: unknown): value is { value: unknown } {
  return signatureOf(value) === Signature.Secret;
}

/** Whether the value is an asset or an archive as it stands on the wire. */
export function isRawAsset(value: unknown): value is Record<string, unknown> {
  const signature = signatureOf(value);
  return signature === Signature.Asset || signature === Signature.Archive;
}

/** Marks a value as secret; one that is already stays as it is. */
export function wrapSecret(value: unknown): unknown {
  return isSecret(value) ? value : { [SIGNATURE_KEY]: Signature.Secret, value: value ?? null };
}

/** The values without their secret marks, and where these were (the outermost ones). */
export function unwrapSecrets<T>(value: T): { plain: T; paths: readonly ValuePath[] } {
  const paths: ValuePath[] = [];
  const strip = (current: unknown, path: ValuePath, isInSecret: boolean): unknown => {
    if (isSecret(current)) {
      if (!isInSecret) paths.push(path);
      return strip(current.value, path, true);
    }
    if (Array.isArray(current)) return current.map((element, index) => strip(element, [...path, index], isInSecret));
    if (!isPlainRecord(current)) return current;
    return mapValues(current, (element, key) => strip(element, [...path, key], isInSecret));
  };
  return { plain: strip(value, [], false) as T, paths };
}

/** Marks as secret what stands at these places. Where something else stands on the way (a policy that became text), that is marked; what is gone is not. */
export function wrapSecretsAt(value: unknown, paths: readonly ValuePath[]): unknown {
  return paths.reduce((current, path) => wrapAt(current, path), value);
}

function wrapAt(value: unknown, path: ValuePath): unknown {
  const [step, ...rest] = path;
  if (step === undefined || isSecret(value)) return wrapSecret(value);
  if (Array.isArray(value) && typeof step === "number" && step in value) {
    return value.map((element, index) => (index === step ? wrapAt(element, rest) : element));
  }
  if (isPlainRecord(value) && !isRawAsset(value)) {
    const record: Record<string, unknown> = value;
    return Object.hasOwn(record, step) ? { ...record, [step]: wrapAt(record[step], rest) } : record;
  }
  return wrapSecret(value);
}

/** Where unknown values stand. */
export function unknownPaths(value: unknown, path: ValuePath = []): readonly ValuePath[] {
  if (value === UNKNOWN) return [path];
  if (Array.isArray(value)) return value.flatMap((element, index) => unknownPaths(element, [...path, index]));
  if (!isPlainRecord(value)) return [];
  return Object.entries(value).flatMap(([key, element]) => unknownPaths(element, [...path, key]));
}

/** Says of a place whether what stands there is known, given the places that are not. */
export function knownPlaces(unknowns: readonly ValuePath[]): (path: ValuePath) => boolean {
  return (path) => !unknowns.some((unknown) => isPrefix(unknown, path) || isPrefix(path, unknown));
}

function isPrefix(prefix: ValuePath, path: ValuePath): boolean {
  return prefix.every((step, index) => path[index] === step);
}

/** Drops what JSON has no word for: undefined members go, undefined elements become null. */
export function withoutUndefined(value: unknown): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (!isPlainRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, element]) =>
      element === undefined ? [] : [[key, withoutUndefined(element)]],
    ),
  );
}

/** Drops members that are null: SDKs send them for arguments that a program leaves out. Elements of lists stay. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isPlainRecord(value) || isRawAsset(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([key, member]) => [key, withoutNulls(member)]));
}

/** A record that is plain data: not an instance of a class (a resolved asset is left alone). */
export function isPlainRecord(value: unknown): value is Record<string, unknown> {
  if (!isRecord(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A record with the same keys and other values. */
export function mapValues<T, U>(
  record: Readonly<Record<string, T>>,
  change: (value: T, key: string) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
