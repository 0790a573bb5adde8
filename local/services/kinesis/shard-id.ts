const MAX_SHARD_NUMBER = 2 ** 31 - 1;

/** Id of the shard with this number in its stream. */
export function shardIdOf(number: number): string {
  return `shardId-${String(number).padStart(12, "0")}`;
}

/**
 * The full id of what may be a shorter form that Kinesis takes (`shardId-0`, `0`); undefined for a text without number.
 */
export function fullShardId(text: string): string | undefined {
  const number = /^(?:[^-]*-)?(\d+)$/.exec(text)?.[1];
  return number !== undefined && Number(number) <= MAX_SHARD_NUMBER ? shardIdOf(Number(number)) : undefined;
}
