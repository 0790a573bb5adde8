/** Why a line is parked instead of archived. */
export const LineParkReason = {
  /** Longer than a Firehose record may be (1,000 KiB with its line end). */
  TooLong: "line-too-long",
  /** The image holds a value in a form that DynamoDB does not document; `line` is the unchanged stream record. */
  UnreadableImage: "unreadable-image",
} as const;
export type LineParkReason = (typeof LineParkReason)[keyof typeof LineParkReason];

/** Content of a parked object of the archive. */
export interface ParkedLine {
  readonly reason: LineParkReason;
  readonly detail: string;
  readonly eventId: string;
  readonly eventName: string;
  /** Seconds since the epoch. */
  readonly approximateCreationDateTime: number;
  /** ISO 8601, UTC. */
  readonly parkedAt: string;
  /** The whole line, without its line end. */
  readonly line: string;
}

/** `<prefix><yyyy>/<mm>/<dd>/<event id>.json`, dated by the change, so that a replay writes the same object. */
export function parkedLineKey(
  prefix: string,
  { eventId, approximateCreationDateTime }: Pick<ParkedLine, "eventId" | "approximateCreationDateTime">,
): string {
  const date = new Date(approximateCreationDateTime * 1_000).toISOString().slice(0, 10).replaceAll("-", "/");
  return `${prefix}${date}/${eventId}.json`;
}
