import { resourceRequest } from "../../kernel/authorization.ts";
import { AwsError } from "../../kernel/errors.ts";
import { keyAuthorization, serviceKeyContext } from "../../kernel/kms.ts";
import type { Place } from "../../kernel/place.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { AuthorizationRequest } from "../../kernel/service.ts";
import { Shelf } from "../../kernel/shelf.ts";
import { tableNotFound, validationError } from "./errors.ts";
import type { Table } from "./table.ts";
import { addressedArn } from "./table-address.ts";
import type { TableStream } from "./table-stream.ts";

/** All tables with their streams, by ARN. */
export class DynamoDbStore {
  readonly ports: Ports;
  readonly #tables = new Shelf<Table>();

  constructor(ports: Ports) {
    this.ports = ports;
  }

  /** The table with this ARN, or undefined. */
  find(arn: string): Table | undefined {
    return this.#tables.find(arn);
  }

  /** The table that a call addresses by name or ARN. @throws AwsError ResourceNotFoundException. */
  require(nameOrArn: string, place: Place): Table {
    const table = this.#tables.find(addressedArn(nameOrArn, place));
    if (table) return table;
    throw tableNotFound();
  }

  /** The same for operations on the table itself, whose ResourceNotFoundException names the table. */
  requireNamed(nameOrArn: string, place: Place): Table {
    const table = this.#tables.find(addressedArn(nameOrArn, place));
    if (table) return table;
    throw tableNotFound(nameOrArn.split("/").at(-1));
  }

  /** The stream with this ARN, and its table; undefined when there is none. */
  findStream(arn: string): { readonly table: Table; readonly stream: TableStream } | undefined {
    const table = this.#tables.find(arn.slice(0, Math.max(0, arn.indexOf("/stream/"))));
    const stream = [table?.stream, table?.latestStream].find((candidate) => candidate?.arn === arn);
    return table && stream ? { table, stream } : undefined;
  }

  /** The stream with this ARN, and its table. @throws AwsError ResourceNotFoundException. */
  requireStream(arn: string): { readonly table: Table; readonly stream: TableStream } {
    const found = this.findStream(arn);
    if (found) return found;
    throw new AwsError("ResourceNotFoundException", `Requested resource not found: Stream: ${arn} not found`);
  }

  /** The tables of an account in a region, by name. */
  list(place: Place): Table[] {
    return this.#tables.list(place).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Adds a table. @throws AwsError ResourceInUseException when the name is taken. */
  add(table: Table): void {
    if (this.#tables.find(table.arn)) {
      throw new AwsError("ResourceInUseException", `Table already exists: ${table.name}`);
    }
    this.#tables.add(table);
  }

  /** Removes a table with its items. @throws AwsError ValidationException for one with deletion protection. */
  remove(table: Table): void {
    if (table.settings.isDeletionProtected) {
      throw validationError(
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
      );
    }
    table.clear();
    this.#tables.remove(table);
  }

  /**
   * What IAM is asked for an action on a table or one of its indexes: the action, and the use of the table's KMS key.
   * @param options.touchesData the action reads or writes items, which needs the key.
   */
  authorize(
    action: string,
    nameOrArn: string,
    place: Place,
    options: { readonly indexName?: string | undefined; readonly touchesData?: boolean } = {},
  ): readonly AuthorizationRequest[] {
    const arn = addressedArn(nameOrArn, place);
    const table = this.#tables.find(arn);
    const resource = options.indexName === undefined ? arn : `${arn}/index/${options.indexName}`;
    const request = resourceRequest(action, resource, table?.policy);
    const kmsKey = options.touchesData ? table?.settings.kmsKeyArn : undefined;
    if (!table || kmsKey === undefined) return [request];
    const context = serviceKeyContext("dynamodb", table.region, {
      "aws:dynamodb:tableName": table.name,
      "aws:dynamodb:subscriberId": table.accountId,
    });
    return [request, ...keyAuthorization(["kms:Decrypt"], kmsKey, table, context)];
  }

  /** Drops all items and stream records, and keeps the tables with their settings. */
  emptyData(): void {
    for (const table of this.#tables.list()) table.clear();
  }

  close(): void {
    this.emptyData();
    this.#tables.clear();
  }
}
