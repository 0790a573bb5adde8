/**
 * How an archive reads its table's stream. Firehose bills each record in steps of 5 KB, of which half a step is lost on
 * average, and a batch makes one record: so large batches cost less, and two minutes more until a line is archived are
 * little beside Firehose's own buffer of five.
 */
export const archiveReadingDefaults = { batchSize: 1_000, batchWindowSeconds: 120 } as const;

/** The archive's treatment of a removed item. */
export const RemovePolicy = {
  /** No line. */
  Skip: "skip",
  /** One line with the item's key. */
  Tombstone: "tombstone",
} as const;
export type RemovePolicy = (typeof RemovePolicy)[keyof typeof RemovePolicy];
