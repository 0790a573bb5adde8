import { partitionOf } from "../../../aws/partitions.ts";
import { AwsError, NotSupportedError } from "../../kernel/errors.ts";
import { keyAuthorization, serviceKeyContext } from "../../kernel/kms.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { AuthorizationRequest, Call, Contents, Operation, Service } from "../../kernel/service.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import { describeOperations } from "./describe.ts";
import { faults } from "./faultable.ts";
import { readOperations } from "./read.ts";
import { resourceTypes } from "./resources.ts";
import type { Table } from "./table.ts";
import { policyOperations } from "./table-policy.ts";
import type { TableStream } from "./table-stream.ts";
import { tagOperations } from "./tag-operations.ts";
import { updateOperations } from "./update-operations.ts";
import { validationError } from "./validation-error.ts";
import { wire } from "./wire.ts";
import { writeOperations } from "./write.ts";

/** DynamoDB. Conditions, filters, updates, transactions and PartiQL are refused by name. */
export class DynamoDbService implements Service {
  readonly name = "dynamodb";
  readonly resourceTypes = withStore(resourceTypes, this);
  readonly wire = wire;
  readonly faults = faults;
  readonly conditionKeys = [
    "kms:EncryptionContext:aws:dynamodb:subscriberId",
    "kms:EncryptionContext:aws:dynamodb:tableName",
    "kms:ViaService",
  ];
  readonly operations: Readonly<Record<string, Operation>>;
  readonly ports: Ports;
  readonly #tables = new Map<string, Table>();

  constructor(ports: Ports) {
    this.ports = ports;
    this.operations = {
      ...writeOperations(this),
      ...readOperations(this),
      ...describeOperations(this),
      ...updateOperations(this),
      ...tagOperations(this),
      ...policyOperations(this),
    };
  }

  /** The table with this ARN, or undefined. */
  find(arn: string): Table | undefined {
    return this.#tables.get(arn);
  }

  contents(arn: string): Contents | undefined {
    const table = this.find(arn);
    return table && { count: table.items.size, read: () => undefined };
  }

  /** Adds a table; throws ResourceInUseException when the name is taken. */
  add(table: Table): void {
    if (this.#tables.has(table.arn)) {
      throw new AwsError("ResourceInUseException", `Table already exists: ${table.name}`);
    }
    this.#tables.set(table.arn, table);
  }

  /** Removes a table with its items; throws ValidationException for one that is protected. */
  delete(table: Table): void {
    if (table.settings.isDeletionProtected) {
      throw new AwsError(
        "ValidationException",
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
      );
    }
    table.clear();
    this.#tables.delete(table.arn);
  }

  /** The tables of an account in a region, by name. */
  list(accountId: string, region: string): Table[] {
    return [...this.#tables.values()]
      .filter((table) => table.accountId === accountId && table.region === region)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The change stream with this ARN, and its table. */
  findStream(arn: string): { table: Table; stream: TableStream } | undefined {
    const table = this.#tables.get(arn.slice(0, Math.max(0, arn.indexOf("/stream/"))));
    const stream = [table?.stream, table?.latestStream].find((candidate) => candidate?.arn === arn);
    return table && stream ? { table, stream } : undefined;
  }

  /** ARN of the table that a call addresses, by name in the caller's account or by any account's ARN. */
  arnOf(tableName: string, call: Call): string {
    if (!tableName.startsWith("arn:")) {
      return `arn:${partitionOf(call.region)}:dynamodb:${call.region}:${call.accountId}:table/${tableName}`;
    }
    if (tableName.split(":")[3] === call.region) return tableName;
    throw new AwsError("ValidationException", `The table ${tableName} is not of the region ${call.region}.`);
  }

  /** ARN of a table that has tags and a policy; throws for anything else. */
  tableArn(arn: string, call: Call): string {
    if (/^arn:[^:]+:dynamodb:[^:]*:\d{12}:table\/[a-zA-Z0-9_.-]{3,255}$/.test(arn)) return this.arnOf(arn, call);
    if (arn.includes("/stream/"))
      throw new NotSupportedError(`tags and policies of a table's stream (${arn})`, "tables");
    throw validationError(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`);
  }

  /** The table that a call addresses; throws ResourceNotFoundException. */
  require(tableName: string, call: Call): Table {
    const table = this.#tables.get(this.arnOf(tableName, call));
    if (table) return table;
    throw new AwsError("ResourceNotFoundException", "Requested resource not found");
  }

  /** The same for an operation on the table itself, which names the table that is not there. */
  requireNamed(tableName: string, call: Call): Table {
    const table = this.#tables.get(this.arnOf(tableName, call));
    if (table) return table;
    throw new AwsError(
      "ResourceNotFoundException",
      `Requested resource not found: Table: ${tableName.split("/").at(-1)} not found`,
    );
  }

  /**
   * What IAM is asked for an action on a table or one of its indexes: the action, and the table's own key where it has one and data is
   * touched.
   */
  authorize(
    action: string,
    tableName: string,
    call: Call,
    options: { indexName?: string | undefined; touchesData?: boolean } = {},
  ): readonly AuthorizationRequest[] {
    const arn = this.arnOf(tableName, call);
    const table = this.#tables.get(arn);
    const request: AuthorizationRequest = {
      action,
      resource: options.indexName === undefined ? arn : `${arn}/index/${options.indexName}`,
      ...(table?.policy && { resourcePolicy: table.policy.document }),
    };
    const kmsKey = options.touchesData ? table?.settings.kmsKeyArn : undefined;
    if (!table || kmsKey === undefined) return [request];
    const context = serviceKeyContext("dynamodb", table.region, {
      "aws:dynamodb:tableName": table.name,
      "aws:dynamodb:subscriberId": table.accountId,
    });
    const key = keyAuthorization("kms:Decrypt", kmsKey, table, context);
    return key ? [request, key] : [request];
  }

  emptyData(): void {
    for (const table of this.#tables.values()) table.clear();
  }

  close(): void {
    this.emptyData();
    this.#tables.clear();
  }
}
