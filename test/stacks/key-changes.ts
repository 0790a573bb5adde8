import type { PocValues, ProdValues } from "../../config/stack-keys.ts";

/** What becomes of a stack that is deployed already when a key of its configuration is changed. */
export const Verdict = {
  /** The change can be deployed; no stream, table or bucket is replaced or deleted. */
  Works: "works",
  /** It is refused before anything is made: by the configuration, or by the provider's check. */
  Refused: "refused",
  /** It cannot be deployed without leaving the data behind, and what holds data is protected from it. */
  ChosenOnce: "chosen once",
} as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/** Keys without their namespace. */
type Values = Readonly<Record<string, string>>;

/** One change of a key, to be tried. */
export interface KeyChange {
  readonly verdict: Verdict;
  /** What the key is changed to. */
  readonly to: string;
  /** What the committed stack file does not have, before and after the change. */
  readonly before?: Values;
  /** What has to be changed with the key. */
  readonly with?: Values;
  /** What is made anew, exactly, by logical name. Everything else changes in place. */
  readonly replaces?: readonly string[];
  /** What is made anew because of that, which only a deployment shows. */
  readonly replacesThen?: readonly string[];
  /** What it is refused with. With `works`: the local cloud refuses it, AWS does not. */
  readonly refusal?: RegExp;
}

type Changes<V> = Readonly<Record<keyof V, readonly KeyChange[]>>;
type Options = Omit<KeyChange, "verdict" | "to">;

const works = (to: string, options: Options = {}): KeyChange[] => [{ verdict: Verdict.Works, to, ...options }];
const refused = (to: string, options: Options): KeyChange[] => [{ verdict: Verdict.Refused, to, ...options }];
const chosenOnce = (to: string, options: Options = {}): KeyChange[] => [
  { verdict: Verdict.ChosenOnce, to, ...options },
];

/** Makes the routes live anew: the stage stays. */
const deployed = { replaces: ["tributary-gateway-deployment"] };
const replicatorRole = "tributary-replicator-consumer-function-role";
const replicatorPolicy = "tributary-replicator-consumer-function-policy";
const otherAccount = { refusal: /allowedAccountIds .* allowed is this stack's account alone/ };
const provisionedStream = { streamMode: "PROVISIONED", shardCount: "2" };
const provisionedTable = { tableBillingMode: "PROVISIONED", tableReadCapacity: "5", tableWriteCapacity: "5" };
const otherTarget = {
  targetRoleArn: "arn:aws:iam::222222222222:role/their/writer",
  targetTableName: "their-table",
  targetRegion: "eu-west-1",
};
const expiring = { ...otherTarget, targetTtlAttribute: "expiresAt", targetTtlSeconds: "3600" };
const quota = { gatewayQuotaLimit: "100", gatewayQuotaPeriod: "DAY" };
const stageLimits = { gatewayStageRatePerSecond: "50", gatewayStageBurst: "100" };
const fromBody = { gatewayPartitionKey: "bodyPath", gatewayPartitionKeyPath: "user.id" };

/** What both stacks do in the same way. */
const bothStacks = {
  externalId: works("another-agreed-word"),
  namePrefix: chosenOnce("other"),
  removalPolicy: works("destroy"),
  logRetentionDays: works("90"),
  logKmsKeyArn: works("arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
  bucketKmsKeyArn: works("arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
  bucketVersioning: works("false"),
  parkedRetentionDays: works("9"),
  permissionsBoundaryArn: works("arn:aws:iam::aws:policy/AdministratorAccess"),
  tracing: works("Active"),
  sourceMaps: works("true"),
  alarms: works("false"),
  alarmActionArns: works('["arn:aws:sns:us-east-1:111111111111:alarms"]'),
};

/**
 * Every key of the production stack: a key that is added to the program is added here, with a change to try, and to "Changing a key later" in
 * docs/configuration.md, with what the change does.
 */
export const prodChanges: Changes<ProdValues> = {
  ...bothStacks,
  prodAccountId: chosenOnce("333333333333", otherAccount),
  pocAccountId: works("333333333333", { with: { pocStack: "poc-elsewhere" } }),
  replicatorRoleName: works("other-replicator", { replaces: [replicatorRole, replicatorPolicy] }),
  replicatorRolePath: works("/other/", { replaces: [replicatorRole], replacesThen: [replicatorPolicy] }),

  streamMode: works("PROVISIONED", { with: { shardCount: "4" } }),
  shardCount: [
    ...works("4", { before: provisionedStream }),
    ...refused("5", { before: provisionedStream, refusal: /the stream has 2 shards.* allowed is 1 to 4 now/ }),
  ],
  streamRetentionHours: works("24"),
  streamKmsKeyArn: works("arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
  streamMaxRecordSizeKiB: works("2048", deployed),

  replicatorBatchSize: works("50"),
  replicatorBatchWindowSeconds: works("5"),
  replicatorParallelization: works("2"),
  replicatorRetryAttempts: works("9"),
  replicatorMaxRecordAgeSeconds: works("3600"),
  replicatorStartingPosition: works("LATEST", { replaces: ["tributary-replicator-consumer-mapping"] }),
  replicatorEnabled: works("false"),
  replicatorMemoryMiB: works("1024"),
  replicatorTimeoutSeconds: works("120"),
  replicatorNetwork: works("true", { refusal: /does not support the resource type aws:ec2\/securityGroup/ }),
  hashKeyScope: works("stream"),
  hashKeySeparator: works("hyphen"),
  numberPolicy: works("string"),
  tableWriter: works("sdk"),

  pocStack: works("poc-copy"),
  targetRoleArn: works(otherTarget.targetRoleArn, { with: otherTarget }),
  targetTableName: works("another-table", { before: otherTarget }),
  targetRegion: works("eu-central-1", { before: otherTarget }),
  targetIndexedAttributes: works('[{"attribute":"userId","path":"user.id"}]', { before: otherTarget }),
  targetTtlAttribute: works("expiresAt", { before: otherTarget, with: { targetTtlSeconds: "3600" } }),
  targetTtlSeconds: works("7200", { before: expiring }),

  gatewayAuthorization: [...works("iam", deployed), ...works("public-anyone-may-send", deployed)],
  gatewayRatePerSecond: works("5"),
  gatewayBurst: works("5"),
  gatewayQuotaLimit: works("100", { with: quota }),
  gatewayQuotaPeriod: works("WEEK", { before: quota }),
  gatewayStageRatePerSecond: works("50", { with: stageLimits }),
  gatewayStageBurst: works("200", { before: stageLimits }),
  gatewayPartitionKey: [...works("header", deployed), ...works("bodyPath", { ...deployed, with: fromBody })],
  gatewayPartitionKeyHeader: works("X-Other-Key", { ...deployed, before: { gatewayPartitionKey: "header" } }),
  gatewayPartitionKeyPath: works("account.id", { ...deployed, before: fromBody }),
  gatewayCorsOrigin: [
    ...works("https://app.example.com", deployed),
    ...works('["https://app.example.com","https://other.example.com"]', {
      ...deployed,
      before: { gatewayCorsOrigin: "*" },
    }),
  ],
  gatewayCorsHeaders: works('["x-trace-id"]', { ...deployed, before: { gatewayCorsOrigin: "*" } }),
  gatewayStageName: works("v2", { replaces: ["tributary-gateway-stage"] }),
  apiGatewayAccount: works("existing"),
};

/** Every key of the POC stack; see above. */
export const pocChanges: Changes<PocValues> = {
  ...bothStacks,
  prodAccountId: works("333333333333"),
  pocAccountId: chosenOnce("333333333333", otherAccount),
  replicatorRoleName: works("other-replicator"),
  replicatorRolePath: works("/other/"),

  tableBillingMode: works("PROVISIONED", { with: provisionedTable }),
  tableReadCapacity: works("6", { before: provisionedTable }),
  tableWriteCapacity: works("6", { before: provisionedTable }),
  tableIndexes: works('[{"name":"by-user","hashKey":{"attribute":"userId","path":"user.id"}}]'),
  tableKmsKeyArn: works("arn:aws:kms:us-east-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
  tablePointInTimeRecovery: works("false"),
  ttlDays: [...works("9"), ...works("0", { before: { ttlDays: "9" } })],

  archiverBatchSize: works("50"),
  archiverBatchWindowSeconds: works("5"),
  archiverParallelization: works("2"),
  archiverRetryAttempts: works("9"),
  archiverMaxRecordAgeSeconds: works("3600"),
  archiverStartingPosition: works("LATEST", { replaces: ["tributary-archive-consumer-mapping"] }),
  archiverEnabled: works("false"),
  archiverMemoryMiB: works("1024"),
  archiverTimeoutSeconds: works("120"),

  firehoseBufferMiB: works("7"),
  firehoseBufferSeconds: works("60"),
  firehoseKmsKeyArn: works("arn:aws:kms:us-east-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
  archiveCompression: works("GZIP"),
  archivePrefix: works("other-events/"),
  archiveErrorPrefix: works("errors/!{firehose:error-output-type}/"),
  archiveRemovePolicy: works("tombstone"),
  archiveRetentionDays: works("9"),
};

/** The configuration before and after a change, with the namespace. */
export function configurations(name: string, change: KeyChange): { readonly before: Values; readonly after: Values } {
  const named = (values: Values) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [`tributary:${key}`, value]));
  const before = named(change.before ?? {});
  return { before, after: { ...before, ...named({ ...change.with, [name]: change.to }) } };
}
