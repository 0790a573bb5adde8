import { Attribute } from "../core/item.ts";
import type { EncodedItem } from "../core/item-value.ts";

/** UnprocessedItems as BatchWriteItem answers them, by table. */
export interface UnprocessedItems {
  readonly [tableName: string]: readonly { readonly PutRequest?: { readonly Item?: KeyAttributes | undefined } }[];
}

interface KeyAttributes {
  readonly [name: string]: { readonly S?: string };
}

function keyOf(item: KeyAttributes): string {
  return `${item[Attribute.HashKey]?.S} ${item[Attribute.SequenceNumber]?.S}`;
}

/**
 * Positions of the sent items that were not processed, matched by key. If the answer has a key that was not sent, no
 * item counts as stored.
 */
export function unprocessedPositions(sent: readonly EncodedItem[], answered: UnprocessedItems | undefined): number[] {
  const unprocessed = new Set<string>();
  for (const { PutRequest } of Object.values(answered ?? {}).flat()) unprocessed.add(keyOf(PutRequest?.Item ?? {}));
  const positions = sent.flatMap(({ key }, index) => (unprocessed.has(key) ? [index] : []));
  return positions.length === unprocessed.size ? positions : sent.map((_, index) => index);
}
