import { Attribute } from "../core/item.ts";
import type { EncodedItem } from "../core/item-value.ts";

/** UnprocessedItems as BatchWriteItem answers them, by table. */
interface UnprocessedItems {
  readonly [tableName: string]: readonly ({
    readonly PutRequest?: { readonly Item?: KeyAttributes | null } | null;
  } | null)[];
}

/** An answer of success that does not say which items were processed, so none certainly was. */
export class UnexpectedAnswerError extends Error {
  override readonly name = "UnexpectedAnswerError";
}

interface KeyAttributes {
  readonly [name: string]: { readonly S?: string };
}

function keyOf(item: KeyAttributes): string {
  return `${item[Attribute.HashKey]?.S} ${item[Attribute.SequenceNumber]?.S}`;
}

function isMap(answered: unknown): answered is UnprocessedItems {
  return typeof answered === "object" && answered !== null && !Array.isArray(answered);
}

/**
 * Positions of the sent items that were not processed, matched by key. If the answer has a key that was not sent, no
 * item counts as stored.
 * @param answered from the answer as it came; DynamoDB's always has a map, which is empty when all was processed
 * @throws UnexpectedAnswerError when it is no map
 */
export function unprocessedPositions(sent: readonly EncodedItem[], answered: unknown): number[] {
  if (!isMap(answered)) {
    throw new UnexpectedAnswerError("the answer to BatchWriteItem has no map UnprocessedItems: is it DynamoDB's?");
  }
  const unprocessed = new Set<string>();
  for (const request of Object.values(answered).flat()) unprocessed.add(keyOf(request?.PutRequest?.Item ?? {}));
  const positions = sent.flatMap(({ key }, index) => (unprocessed.has(key) ? [index] : []));
  return positions.length === unprocessed.size ? positions : sent.map((_, index) => index);
}
