/**
 * The layout that sequence numbers of AWS have, as observed: two successive ones in the Lambda guide's sample event
 * differ by 2121·2^80 + 59·2^36, and 59 seconds. 186 bits, 56 decimal digits that begin with 49.
 *
 * From the top: 2 (2 bits), second of the shard's creation (36), shard modulo 16 (4), index in the shard (64), 0 (8),
 * second of the record (36), shard (32), 2 (4). So they rise with the index within a shard, as strings too, because all
 * have the same length.
 */
const INDEX_SHIFT = 80n;
const TIME_SHIFT = 36n;
const SECONDS_MASK = (1n << 36n) - 1n;
/**
 * Latest creation of a shard that AWS accepts, in seconds since the epoch (known from kinesalite: 16,025,175,000 is
 * refused).
 */
const MAX_CREATION_SECOND = 16_025_174_999n;
const INDEX_MASK = (1n << 64n) - 1n;
const DIGITS = /^\d{56}$/;

/** The part that all sequence numbers of a shard share. */
export interface SequenceBase {
  readonly bits: bigint;
}

/**
 * @param shardNumber number of the shard in its stream;
 * @param createdAt creation of the shard, milliseconds since the epoch.
 */
export function sequenceBase(shardNumber: number, createdAt: number): SequenceBase {
  const shard = BigInt(shardNumber);
  const created = BigInt(Math.floor(createdAt / 1000));
  return { bits: (2n << 184n) | (created << 148n) | ((shard & 15n) << 144n) | ((shard & 0xffffffffn) << 4n) | 2n };
}

/**
 * The sequence number of the record with this index in its shard.
 * @param time its arrival, milliseconds since the epoch.
 */
export function sequenceNumber(base: SequenceBase, index: number, time: number): string {
  const seconds = Math.floor(time / 1000);
  return (base.bits | (BigInt(index) << INDEX_SHIFT) | (BigInt(seconds) << TIME_SHIFT)).toString();
}

/** The index of a record in its shard; undefined for a sequence number of another shard. */
export function sequenceIndex(base: SequenceBase, number: string): number | undefined {
  if (!DIGITS.test(number)) return undefined;
  const bits = BigInt(number);
  if (bits >> 144n !== base.bits >> 144n) return undefined;
  return Number((bits >> INDEX_SHIFT) & INDEX_MASK);
}

/**
 * Whether a stream may have assigned this sequence number by now: one of this layout, or of the two earlier ones that
 * kinesalite knows (version 1 has the record's second further up; version 0 is below 2^129, including "0").
 * @param now milliseconds since the epoch.
 */
export function isPossible(number: string, now: number): boolean {
  if (!/^\d{1,129}$/.test(number)) return false;
  const bits = BigInt(number);
  if (bits < 1n << 129n) return ((bits >> 88n) & SECONDS_MASK) <= MAX_CREATION_SECOND;
  const version = bits & 15n;
  if (bits >> 184n !== 2n || (version !== 1n && version !== 2n)) return false;
  if (version === 2n && ((bits >> INDEX_SHIFT) & (1n << 63n)) !== 0n) return false;
  const second = (bits >> (version === 1n ? 100n : TIME_SHIFT)) & SECONDS_MASK;
  return ((bits >> 148n) & SECONDS_MASK) <= MAX_CREATION_SECOND && Number(second) * 1000 <= now;
}
