/** Pulumi's marker key: an object that has it stands for a secret, an asset or an archive. */
export const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";

/** The values of the signature key. Source: Pulumi's property wire format. */
export const Signature = {
  Secret: "1b47061264138c4ac30d75fd1eb44270",
  Asset: "c44067f5952c0a294b673a41bacd8c17",
  Archive: "0def7320c3a5731c473e5ecbe6d01bc7",
} as const;

/** Stands for an unknown value in a preview. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Path of a value inside properties. */
export type ValuePath = readonly (string | number)[];

/** Whether this is a JSON object (not an array, not null). */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The signature of a marked value; undefined for a plain one. */
export function signatureOf(value: unknown): unknown {
  return isRecord(value) ? value[SIGNATURE_KEY] : undefined;
}

export function isSecret(value: unknown): value is { value: unknown } {
  return signatureOf(value) === Signature.Secret;
}

/** Whether the value is an asset or an archive in wire format. */
export function isRawAsset(value: unknown): value is Record<string, unknown> {
  const signature = signatureOf(value);
  return signature === Signature.Asset || signature === Signature.Archive;
}

/** Marks a value as secret; a secret stays as it is. */
export function wrapSecret(value: unknown): unknown {
  return isSecret(value) ? value : { [SIGNATURE_KEY]: Signature.Secret, value: value ?? null };
}

/** The values without their secret marks, and the paths of the outermost marks. */
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

/**
 * Marks the values at these paths as secret. When a path leads through a value of another type (a policy that became
 * text), that value is marked; missing values are not.
 */
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

/** The paths of unknown values. */
export function unknownPaths(value: unknown, path: ValuePath = []): readonly ValuePath[] {
  if (value === UNKNOWN) return [path];
  if (Array.isArray(value)) return value.flatMap((element, index) => unknownPaths(element, [...path, index]));
  if (!isPlainRecord(value)) return [];
  return Object.entries(value).flatMap(([key, element]) => unknownPaths(element, [...path, key]));
}

/** The paths of members named `__proto__`, below the arguments themselves: schemas of maps drop them without a word. */
export function protoPaths(value: unknown, path: ValuePath = []): readonly ValuePath[] {
  if (Array.isArray(value)) return value.flatMap((element, index) => protoPaths(element, [...path, index]));
  if (!isPlainRecord(value)) return [];
  return Object.entries(value).flatMap(([key, element]) =>
    key === "__proto__" && path.length > 0 ? [[...path, key]] : protoPaths(element, [...path, key]),
  );
}

/** Returns a function that tells whether the value at a path is known. @param unknowns the paths of unknown values. */
export function knownPlaces(unknowns: readonly ValuePath[]): (path: ValuePath) => boolean {
  return (path) => !unknowns.some((unknown) => isPrefix(unknown, path) || isPrefix(path, unknown));
}

function isPrefix(prefix: ValuePath, path: ValuePath): boolean {
  return prefix.every((step, index) => path[index] === step);
}

/** Makes values fit for JSON: drops undefined members, turns undefined elements into null. */
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

/** Drops null members, which SDKs send for omitted arguments. Elements of lists stay. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isPlainRecord(value) || isRawAsset(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([key, member]) => [key, withoutNulls(member)]));
}

/** Whether this is a plain object, not an instance of a class such as a resolved asset. */
export function isPlainRecord(value: unknown): value is Record<string, unknown> {
  if (!isRecord(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Maps the values of a record; the keys stay. */
export function mapValues<T, U>(
  record: Readonly<Record<string, T>>,
  change: (value: T, key: string) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
