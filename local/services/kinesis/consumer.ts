/**
 * A registered consumer (enhanced fan-out). The local cloud pushes nothing to it: SubscribeToShard is refused by name.
 */
export interface StreamConsumer {
  readonly name: string;
  readonly arn: string;
  /** Cloud time, milliseconds since the epoch. */
  readonly createdAt: number;
  tags: Readonly<Record<string, string>>;
}

/** ARN of a consumer that is registered at `time`, milliseconds since the epoch. */
export function consumerArn(streamArn: string, name: string, time: number): string {
  return `${streamArn}/consumer/${name}:${Math.floor(time / 1000)}`;
}

/** ARN of the stream in the ARN of one of its consumers. */
export function streamArnOf(arnOfConsumer: string): string {
  return arnOfConsumer.split("/consumer/")[0] ?? "";
}
