import { type NumberPolicy, toEventValue } from "./event-value.ts";
import { type ItemOptions, toItem } from "./item.ts";
import { itemBytes, MAX_ITEM_BYTES } from "./item-size.ts";
import type { Item } from "./item-value.ts";
import { isKplAggregated } from "./kpl.ts";
import { ParkReason, UnstorableError } from "./reasons.ts";
import type { SourceRecord } from "./source-record.ts";

/** Options for turning records into items. */
export interface DecodeOptions extends ItemOptions {
  readonly numberPolicy: NumberPolicy;
}

/** The item of a record, or why there is none. */
export type Decoded =
  | { readonly item: Item; readonly bytes: number }
  | { readonly reason: ParkReason; readonly detail: string };

/** Strict, and keeps a byte order mark, with which the text is not JSON. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Turns a record into its item without losing a digit, a null, an empty value or a field; otherwise returns the
 * reason.
 */
export function decodeRecord(record: SourceRecord, options: DecodeOptions): Decoded {
  try {
    const event = toEventValue(decodeText(record.data), options.numberPolicy);
    const item = toItem(record, event, options);
    const bytes = itemBytes(item);
    if (bytes > MAX_ITEM_BYTES) {
      throw new UnstorableError(
        ParkReason.TooLarge,
        `the item would have ${bytes} bytes; DynamoDB takes ${MAX_ITEM_BYTES}`,
      );
    }
    return { item, bytes };
  } catch (error) {
    if (!(error instanceof UnstorableError)) throw error;
    return { reason: error.reason, detail: error.message };
  }
}

function decodeText(base64: string): string {
  const data = Buffer.from(base64, "base64");
  if (isKplAggregated(data)) {
    throw new UnstorableError(
      ParkReason.KplAggregated,
      "records that the Kinesis Producer Library aggregated are not taken apart yet",
    );
  }
  try {
    return utf8.decode(data);
  } catch {
    throw new UnstorableError(ParkReason.NotUtf8, "the data is not valid UTF-8");
  }
}
