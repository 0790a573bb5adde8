import { type Environment, readEnvironment } from "../shared/environment.ts";
import { type Endpoint, readEndpoint } from "./adapters/direct/endpoint.ts";
import { Attribute, HashKeyScope, HashKeySeparator, type IndexedAttribute } from "./core/item.ts";
import { NumberPolicy } from "./core/number-text.ts";
import type { ReplicateOptions } from "./replicate.ts";

/** Who writes into the table. */
export const TableWriterKind = {
  /** Requests of our own. */
  Direct: "direct",
  /** The AWS SDK's client. */
  Sdk: "sdk",
} as const;
export type TableWriterKind = (typeof TableWriterKind)[keyof typeof TableWriterKind];

/** The replicator's parsed environment. */
export interface ReplicatorConfig {
  readonly target: {
    readonly roleArn: string;
    readonly externalId: string;
    readonly region: string;
    readonly tableName: string;
  };
  /** Where the direct writer calls DynamoDB; undefined when the AWS SDK writes. */
  readonly endpoint: Endpoint | undefined;
  readonly parkedBucket: string;
  readonly metricsNamespace: string;
  readonly options: ReplicateOptions;
}

/**
 * A table's name or ARN. DynamoDB refuses others by a ValidationException, as it does items: all would be parked.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
 */
const TABLE = /^(?:arn:[^:]+:dynamodb:[^:]+:\d{12}:table\/)?[\w.-]{3,255}$/;

/**
 * Reads the replicator's environment.
 * @throws EnvironmentError that lists every mistake
 */
export function readReplicatorConfig(environment: Environment): ReplicatorConfig {
  const read = readEnvironment(environment);
  const target = {
    roleArn: read.required("TARGET_ROLE_ARN"),
    externalId: read.required("TARGET_EXTERNAL_ID"),
    region: read.required("TARGET_REGION"),
    tableName: read.required("TARGET_TABLE_NAME"),
  };
  if (target.tableName !== "" && !TABLE.test(target.tableName)) {
    read.mistake(
      `TARGET_TABLE_NAME is "${target.tableName}"; expected 3 to 255 letters, digits and _.-, or the ARN of a table`,
    );
  }
  const writer = read.oneOf("TABLE_WRITER", Object.values(TableWriterKind), TableWriterKind.Direct);
  const config: ReplicatorConfig = {
    target,
    endpoint: writer === TableWriterKind.Direct ? readEndpoint(environment, target.region, read.mistake) : undefined,
    parkedBucket: read.required("PARKED_BUCKET"),
    metricsNamespace: read.optional("METRICS_NAMESPACE", "Tributary"),
    options: {
      sourceStreamArn: read.required("SOURCE_STREAM_ARN"),
      hashKeyScope: read.oneOf("HASH_KEY_SCOPE", Object.values(HashKeyScope), HashKeyScope.Shard),
      hashKeySeparator: read.oneOf("HASH_KEY_SEPARATOR", Object.values(HashKeySeparator), HashKeySeparator.Underscore),
      numberPolicy: read.oneOf("NUMBER_POLICY", Object.values(NumberPolicy), NumberPolicy.Park),
      parkedPrefix: read.optional("PARKED_PREFIX", "parked/"),
      indexedAttributes: parseIndexedAttributes(read.optional("INDEXED_ATTRIBUTES", "[]"), read.mistake),
      timeToLive: parseTimeToLive(read.optional("TTL_ATTRIBUTE", ""), read.optional("TTL_SECONDS", ""), read.mistake),
    },
  };
  for (const name of addedAttributeNames(config.options)) {
    if (Object.values<string>(Attribute).includes(name)) {
      read.mistake(`the attribute "${name}" is one that every item has; choose another name`);
    }
  }
  read.finish();
  return config;
}

function addedAttributeNames({ indexedAttributes, timeToLive }: ReplicateOptions): string[] {
  const names = indexedAttributes.map(({ attribute }) => attribute);
  return timeToLive === undefined ? names : [...names, timeToLive.attribute];
}

function parseIndexedAttributes(text: string, mistake: (text: string) => void): readonly IndexedAttribute[] {
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed) && parsed.every(isIndexedAttribute)) return parsed;
  } catch {
    // Reported below, like a wrong shape.
  }
  mistake(`INDEXED_ATTRIBUTES is ${text}; expected [{"attribute":"<name>","path":"<field>.<field>"}]`);
  return [];
}

function isIndexedAttribute(value: unknown): value is IndexedAttribute {
  if (typeof value !== "object" || value === null) return false;
  const { attribute, path } = value as Partial<Record<keyof IndexedAttribute, unknown>>;
  return typeof attribute === "string" && attribute !== "" && typeof path === "string" && path !== "";
}

function parseTimeToLive(
  attribute: string,
  seconds: string,
  mistake: (text: string) => void,
): ReplicateOptions["timeToLive"] {
  if (attribute === "" && seconds === "") return undefined;
  if (attribute === "" || !/^[1-9]\d{0,9}$/.test(seconds)) {
    mistake(`TTL_ATTRIBUTE is "${attribute}" and TTL_SECONDS "${seconds}"; expected both, and whole seconds above 0`);
    return undefined;
  }
  return { attribute, seconds: Number(seconds) };
}
