import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Transform } from "../scope.ts";

/** A key attribute of an index, and the path of its value in an event. */
export interface IndexKeyArgs {
  /** Name of the item's attribute. */
  readonly attribute: string;
  /** `S` (a string) or `N` (a number). @default "S" */
  readonly type?: string;
  /** Names joined by dots, such as `user.id`: the event's own field. */
  readonly path: string;
}

/** A global secondary index. An event without the attributes is stored all the same, outside the index. */
export interface TableIndexArgs {
  readonly name: string;
  readonly hashKey: IndexKeyArgs;
  /** @default none */
  readonly rangeKey?: IndexKeyArgs;
  /** `ALL`, `KEYS_ONLY` or `INCLUDE`. @default "ALL" */
  readonly projection?: string;
  /** With `INCLUDE`: attributes that are copied besides the keys. */
  readonly nonKeyAttributes?: string[];
}

/** The one role of the source account that may write. It need not exist yet. */
export interface TrustedRoleArgs {
  /** Account of the role: 12 digits. */
  readonly accountId: string;
  /** Exact name, without wildcards. */
  readonly name: string;
  /** Exact path, beginning and ending with "/". @default "/" */
  readonly path?: string;
}

export interface ReplicationTargetArgs {
  readonly trustedRole: TrustedRoleArgs;
  /** External id that the writer must send with AssumeRole; 2 to 1,224 letters, digits and +=,.@:/_-. */
  readonly externalId: pulumi.Input<string>;
  /** `PAY_PER_REQUEST` or `PROVISIONED`. @default "PAY_PER_REQUEST" */
  readonly billingMode?: string;
  /** Read capacity units of a provisioned table, and of each of its indexes. */
  readonly readCapacity?: number;
  /** Write capacity units of a provisioned table, and of each of its indexes. */
  readonly writeCapacity?: number;
  /** @default none */
  readonly indexes?: TableIndexArgs[];
  /** Seconds after an event's arrival at which its item expires; 0 is never. The writer sets the time. @default 0 */
  readonly ttlSeconds?: number;
  /** Whether the table can be restored to any second of the last 35 days. @default true */
  readonly pointInTimeRecovery?: boolean;
  /**
   * ARN of the customer managed key, of this account and region, that the table, its indexes and its stream are
   * encrypted with.
   * @default a key that DynamoDB owns
   */
  readonly kmsKeyArn?: pulumi.Input<string>;
  /**
   * `retain`: the table is protected, neither deleted nor replaced; `destroy`: it goes with its data.
   * @default "retain"
   */
  readonly removalPolicy?: string;
  /** ARN of the permissions boundary of the writer role. @default none */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
}

/** An attribute that the writer copies from a path of each event, as the key of an index. */
export interface IndexedAttribute {
  readonly attribute: string;
  readonly path: string;
}

/** One entry per child. */
export interface ReplicationTargetTransform {
  readonly table?: Transform<aws.dynamodb.TableArgs>;
  readonly writerRole?: Transform<aws.iam.RoleArgs>;
  readonly writerPolicy?: Transform<aws.iam.RolePolicyArgs>;
}

export interface ReplicationTargetOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: ReplicationTargetTransform;
}

/** The raw children. */
export interface ReplicationTargetNodes {
  readonly table: aws.dynamodb.Table;
  readonly writerRole: aws.iam.Role;
  readonly writerPolicy: aws.iam.RolePolicy;
}
