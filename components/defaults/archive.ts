/** What the archive says of an item that was removed. */
export const RemovePolicy = {
  /** Nothing. */
  Skip: "skip",
  /** One line with the item's key. */
  Tombstone: "tombstone",
} as const;
export type RemovePolicy = (typeof RemovePolicy)[keyof typeof RemovePolicy];
