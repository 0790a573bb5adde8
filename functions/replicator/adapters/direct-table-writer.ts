import { type AssumedRole, withFreshSession } from "../../shared/assumed-role.ts";
import type { EncodedItem } from "../core/item-value.ts";
import type { TableWriter } from "../ports.ts";
import type { Endpoint } from "./direct/endpoint.ts";
import { createHttpSender } from "./direct/http-sender.ts";
import { createServiceClock } from "./direct/service-clock.ts";
import { checkChecksum, toServiceError } from "./direct/service-error.ts";
import { createSigner } from "./direct/signature.ts";
import { unprocessedPositions } from "./unprocessed.ts";

const CONTENT_TYPE = "application/x-amz-json-1.0";
const TARGET = "DynamoDB_20120810.BatchWriteItem";
const USER_AGENT = `tributary-replicator md/nodejs#${process.versions.node}`;

const ITEM_START = Buffer.from('{"PutRequest":{"Item":');
const ITEM_END = Buffer.from("}},");
const BODY_END = Buffer.from("]}}");
/** A body's buffer is used again, unless it is larger: of 25 items of 2 KB and more, which take longer anyway. */
const MAX_KEPT_BYTES = 64 * 1_024;
const MIN_BUFFER_BYTES = 32 * 1_024;

/** The usual answer. */
const ALL_PROCESSED = Buffer.from('{"UnprocessedItems":{}}');

/**
 * Writes into one table by BatchWriteItem as the assumed role, by requests of its own: signed here, sent by Node.js's
 * HTTP client. What it does otherwise than the AWS SDK: docs/decisions/001-own-signing.md.
 * @param options.now milliseconds since the epoch
 */
export function createDirectTableWriter(options: {
  readonly endpoint: Endpoint;
  readonly region: string;
  readonly role: AssumedRole;
  readonly tableName: string;
  readonly now: () => number;
}): TableWriter {
  const { endpoint, region, role, tableName } = options;
  const bodyStart = Buffer.from(`{"RequestItems":{${JSON.stringify(tableName)}:[`);
  const { host } = endpoint;
  const signer = createSigner({ region, service: "dynamodb", host, contentType: CONTENT_TYPE, target: TARGET });
  const sender = createHttpSender(endpoint);
  const clock = createServiceClock(options.now);

  const send = async (body: Buffer, signal: AbortSignal): Promise<Buffer> => {
    const headers = signer.sign(body, await role.credentials(), clock.now());
    headers.push("user-agent", USER_AGENT);
    const answer = await sender.send(headers, body, signal);
    clock.correct(answer.headers.date);
    checkChecksum(answer);
    if (answer.status !== 200) throw toServiceError(answer);
    return answer.body;
  };

  /** Buffers that no request uses. */
  const free: Buffer[] = [];

  return {
    async write(items, signal) {
      const length = bodyBytes(bodyStart, items);
      const last = free.pop();
      const buffer = last !== undefined && last.length >= length ? last : newBuffer(length);
      const body = buffer.subarray(0, length);
      fillBody(body, bodyStart, items);
      const answer = await withFreshSession(role, () => send(body, signal));
      // Only here: a request that failed may still be on its way to the socket.
      if (buffer.length <= MAX_KEPT_BYTES) free.push(buffer);
      if (answer.equals(ALL_PROCESSED)) return [];
      const parsed = JSON.parse(answer.toString()) as { readonly UnprocessedItems?: unknown } | null;
      return unprocessedPositions(items, parsed?.UnprocessedItems);
    },
  };
}

function newBuffer(length: number): Buffer {
  return Buffer.allocUnsafeSlow(Math.max(MIN_BUFFER_BYTES, length));
}

function bodyBytes(start: Buffer, items: readonly EncodedItem[]): number {
  let length = start.length + BODY_END.length - 1;
  for (const item of items) length += ITEM_START.length + (item.end - item.start) + ITEM_END.length;
  return length;
}

/** Writes the request's body: the items' bytes, each in its PutRequest. */
function fillBody(body: Buffer, start: Buffer, items: readonly EncodedItem[]): void {
  let at = start.copy(body);
  for (const { buffer, start: from, end } of items) {
    at += ITEM_START.copy(body, at);
    at += buffer.copy(body, at, from, end);
    at += ITEM_END.copy(body, at);
  }
  // Over the last comma.
  BODY_END.copy(body, at - 1);
}
