import { gatewayDefaults, MAX_PARTITION_KEY_CHARACTERS, PartitionKeySource } from "../../defaults/gateway.ts";
import type { IngestGatewayArgs } from "../args.ts";
import { copyHeader } from "./headers.ts";
import { lines } from "./lines.ts";

/** How partition keys are made, with all defaults applied. */
export type PartitionKey =
  | { readonly source: typeof PartitionKeySource.RequestId }
  | { readonly source: typeof PartitionKeySource.Header; readonly header: string }
  | { readonly source: typeof PartitionKeySource.BodyPath; readonly path: string };

/** The partition key settings of a gateway's args, which must have been checked. */
export function partitionKeyOf(args: IngestGatewayArgs): PartitionKey {
  const { source = gatewayDefaults.partitionKeySource, header, path } = args.partitionKey ?? {};
  if (source === PartitionKeySource.Header) return { source, header: header ?? gatewayDefaults.partitionKeyHeader };
  if (source === PartitionKeySource.BodyPath) return { source, path: path ?? "" };
  return { source: PartitionKeySource.RequestId };
}

/**
 * A client's value inside a JSON string. `$util.escapeJavaScript` also makes `\'`, which is not JSON, so that is
 * undone.
 *
 * @param expression a VTL expression, such as `$key`
 */
export function escapedJsonText(expression: string): string {
  return `$util.escapeJavaScript(${expression}).replaceAll("\\\\'","'")`;
}

/**
 * Template lines before the records: they copy the header's value into `$headerKey`. A template cannot stop a request,
 * so a key that is missing or too long becomes "", which Kinesis refuses.
 */
export function partitionKeySetUp(key: PartitionKey): readonly string[] {
  if (key.source !== PartitionKeySource.Header) return [];
  return [
    ...copyHeader("$headerKey", key.header),
    `#if($headerKey.length() > ${MAX_PARTITION_KEY_CHARACTERS})`,
    `#set($headerKey = "")`,
    `#end`,
  ];
}

/**
 * The member `"PartitionKey": …` of one record.
 *
 * @param event JSON path of the event, such as `$` or `$.events[3]` (VTL inside allowed); undefined where events are
 * not parsed: then the request id replaces a body path
 * @param number VTL of the event's number in its batch; undefined outside of a batch
 */
export function partitionKeyMember(key: PartitionKey, event: string | undefined, number: string | undefined): string {
  if (key.source === PartitionKeySource.Header) return `"PartitionKey":"${escapedJsonText("$headerKey")}"`;
  if (key.source === PartitionKeySource.BodyPath && event !== undefined) {
    // The JSON text of a string has its own quotes and escapes; that of a number is quoted here.
    return lines(
      `#set($bodyKey = $input.json("${event}.${key.path}"))`,
      `#set($bodyKey = "$!bodyKey")`,
      `#if($bodyKey.startsWith('"'))`,
      `"PartitionKey":$bodyKey`,
      `#else`,
      `"PartitionKey":"$bodyKey"`,
      `#end`,
    );
  }
  const suffix = number === undefined ? "" : `-${number}`;
  return `"PartitionKey":"${escapedJsonText("$context.extendedRequestId")}${suffix}"`;
}
