import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../checks.ts";
import { BillingMode, KeyType, Projection, tableDefaults, tableKey } from "../defaults/dynamodb.ts";
import { guardOf, RemovalPolicy } from "../defaults/removal.ts";
import { accountRootArn, roleArn } from "../iam/arn.ts";
import { createRole } from "../iam/create-role.ts";
import { tableKeyStatements } from "../iam/key-use.ts";
import { type PolicyStatement, trustJson } from "../iam/policy.ts";
import { child, type Scope } from "../scope.ts";
import type {
  IndexedAttribute,
  ReplicationTargetArgs,
  ReplicationTargetNodes,
  ReplicationTargetOptions,
  TrustedRoleArgs,
} from "./args.ts";
import { problems } from "./checks.ts";
import { indexedAttributes, indexKeys } from "./indexed-attributes.ts";

/** Duration of a writer's session, in seconds: role chaining allows one hour. */
const WRITER_SESSION_SECONDS = 3600;

/**
 * A table that one role of another account may write to, and do nothing else.
 *
 * @example
 * ```ts
 * import { ReplicationTarget } from "../components/replication-target/replication-target.ts";
 *
 * const target = new ReplicationTarget("orders-target", {
 *   trustedRole: { accountId: "111111111111", name: "orders-replicator", path: "/tributary/" },
 *   externalId: "a-long-random-word",
 *   indexes: [{ name: "by-customer", hashKey: { attribute: "customerId", path: "customer.id" } }],
 *   ttlSeconds: 90 * 86_400,
 * });
 * export const writerRoleArn = target.writerRoleArn;
 * ```
 */
export class ReplicationTarget extends pulumi.ComponentResource {
  public readonly tableName: pulumi.Output<string>;
  public readonly tableArn: pulumi.Output<string>;
  /** ARN of the stream of the table's changes. */
  public readonly tableStreamArn: pulumi.Output<string>;
  /** The role that the source account assumes. */
  public readonly writerRoleArn: pulumi.Output<string>;
  /** The attributes that a writer copies from each event for the indexes. */
  public readonly indexedAttributes: IndexedAttribute[];
  /** The attribute that holds an item's time of expiry; undefined when items do not expire. */
  public readonly ttlAttribute: string | undefined;
  public readonly nodes: ReplicationTargetNodes;

  constructor(name: string, args: ReplicationTargetArgs, opts: ReplicationTargetOptions = {}) {
    const { transform = {}, ...componentOptions } = opts;
    super("tributary:replication:ReplicationTarget", name, {}, componentOptions);
    refuse(this, name, problems(args));

    const scope: Scope = { component: this, name };
    const { partition } = aws.getPartitionOutput({}, { parent: this });
    const table = child(
      scope,
      transform.table,
      "table",
      aws.dynamodb.Table,
      tableArgs(args),
      guardOf(args.removalPolicy),
    );
    const { role: writerRole, policy: writerPolicy } = createRole(
      scope,
      { role: transform.writerRole, policy: transform.writerPolicy },
      {
        suffixes: { role: "writer", policy: "writer-policy" },
        trustPolicy: trustPolicy(args, partition),
        statements: writerStatements(table.arn, args.kmsKeyArn),
        permissionsBoundaryArn: args.permissionsBoundaryArn,
        settings: { maxSessionDuration: WRITER_SESSION_SECONDS },
      },
    );

    this.tableName = table.name;
    this.tableArn = table.arn;
    this.tableStreamArn = table.streamArn;
    this.writerRoleArn = writerRole.arn;
    this.indexedAttributes = indexedAttributes(args.indexes ?? []);
    this.ttlAttribute = expires(args) ? tableDefaults.ttlAttribute : undefined;
    this.nodes = { table, writerRole, writerPolicy };
    this.registerOutputs({
      tableName: this.tableName,
      tableArn: this.tableArn,
      tableStreamArn: this.tableStreamArn,
      writerRoleArn: this.writerRoleArn,
    });
  }
}

function expires(args: ReplicationTargetArgs): boolean {
  return (args.ttlSeconds ?? 0) > 0;
}

function tableArgs(args: ReplicationTargetArgs): aws.dynamodb.TableArgs {
  const billingMode = args.billingMode ?? tableDefaults.billingMode;
  const capacity =
    billingMode === BillingMode.Provisioned
      ? { readCapacity: args.readCapacity, writeCapacity: args.writeCapacity }
      : {};
  return {
    billingMode,
    ...capacity,
    ...tableKey,
    attributes: [
      { name: tableKey.hashKey, type: KeyType.String },
      { name: tableKey.rangeKey, type: KeyType.String },
      ...indexKeys(args.indexes ?? []).map((key) => ({ name: key.attribute, type: key.type ?? KeyType.String })),
    ],
    // Also without indexes: if left out, the present ones would stay.
    globalSecondaryIndexes: (args.indexes ?? []).map((index) => ({
      name: index.name,
      hashKey: index.hashKey.attribute,
      ...(index.rangeKey === undefined ? {} : { rangeKey: index.rangeKey.attribute }),
      projectionType: index.projection ?? Projection.All,
      ...(index.nonKeyAttributes === undefined ? {} : { nonKeyAttributes: [...index.nonKeyAttributes] }),
      ...capacity,
    })),
    streamEnabled: true,
    streamViewType: tableDefaults.streamViewType,
    pointInTimeRecovery: { enabled: args.pointInTimeRecovery ?? tableDefaults.pointInTimeRecovery },
    // Also when it is off: if left out, it would stay as it is. DynamoDB needs the attribute's name to switch it off.
    ttl: { attributeName: tableDefaults.ttlAttribute, enabled: expires(args) },
    // Also without a key: if left out, the present one would stay.
    serverSideEncryption:
      args.kmsKeyArn === undefined ? { enabled: false } : { enabled: true, kmsKeyArn: args.kmsKeyArn },
    deletionProtectionEnabled: args.removalPolicy !== RemovalPolicy.Destroy,
  };
}

function trustPolicy(args: ReplicationTargetArgs, partition: pulumi.Output<string>): pulumi.Output<string> {
  const arnOf = (role: TrustedRoleArgs) =>
    partition.apply((each) => roleArn(each, role.accountId, role.path ?? "/", role.name));
  // A trust policy cannot name a role that does not exist yet, so it trusts the account and pins the role by condition.
  return trustJson({
    sid: "OneRoleOfTheSourceAccount",
    principal: { AWS: partition.apply((each) => accountRootArn(each, args.trustedRole.accountId)) },
    conditions: {
      ArnEquals: { "aws:PrincipalArn": arnOf(args.trustedRole) },
      StringEquals: { "sts:ExternalId": args.externalId },
    },
  });
}

function writerStatements(
  tableArn: pulumi.Output<string>,
  kmsKeyArn: pulumi.Input<string> | undefined,
): PolicyStatement[] {
  return [
    { sid: "WriteBatches", actions: ["dynamodb:BatchWriteItem"], resources: [tableArn] },
    ...tableKeyStatements("write", kmsKeyArn, tableArn),
  ];
}
