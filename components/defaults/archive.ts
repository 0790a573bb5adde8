/** The archive's treatment of a removed item. */
export const RemovePolicy = {
  /** No line. */
  Skip: "skip",
  /** One line with the item's key. */
  Tombstone: "tombstone",
} as const;
export type RemovePolicy = (typeof RemovePolicy)[keyof typeof RemovePolicy];
