import { AwsError } from "../../kernel/errors.ts";
import { MAX_TAGS, tagMistakes } from "../../resource-types/tags.ts";
import type { DeliveryStream, StreamEncryption } from "./delivery-stream.ts";
import { DESTINATION_ID } from "./describe.ts";
import { type Destination, destinationMistakes } from "./destination.ts";

/** A change of a delivery stream's destination, which names the configuration that it is a change of. */
export interface DestinationChange {
  readonly currentVersionId: string;
  readonly destinationId: string;
  readonly destination: Destination;
}

/**
 * Gives a delivery stream another destination: its version rises, and what it has gathered goes there too.
 * @throws AwsError ConcurrentModificationException when the stream is at another version, InvalidArgumentException for a destination that AWS refuses, and
 * for a role that does not let Firehose in.
 */
export function updateDestination(stream: DeliveryStream, change: DestinationChange): void {
  if (change.currentVersionId !== String(stream.version)) {
    throw new AwsError(
      "ConcurrentModificationException",
      `The delivery stream ${stream.name} has the version ${stream.version}, not ${change.currentVersionId}: another modification has already happened. Fetch its VersionId again and use it to update the destination.`,
    );
  }
  if (change.destinationId !== DESTINATION_ID) {
    throw new AwsError(
      "InvalidArgumentException",
      `Destination Id ${change.destinationId} not found: it is ${DESTINATION_ID}`,
    );
  }
  checkDestination(change.destination);
  checkRole(stream, change.destination.roleArn);
  stream.reconfigure(change.destination);
}

/** @throws AwsError InvalidArgumentException with all that AWS has against the destination. */
export function checkDestination(destination: Destination): void {
  const mistakes = destinationMistakes(destination);
  if (mistakes.length > 0) throw new AwsError("InvalidArgumentException", mistakes.join("; "));
}

/** Firehose tries the role when a delivery stream is made, and when it gets another one. */
export function checkRole(stream: DeliveryStream, roleArn: string): void {
  try {
    stream.assumeRole(roleArn);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError(
      "InvalidArgumentException",
      `Firehose is unable to assume role ${roleArn}. Please check the role provided.`,
    );
  }
}

/** Encrypts what waits in a delivery stream by a key, or by none any more, which takes no time here. */
export function setEncryption(stream: DeliveryStream, encryption: StreamEncryption | undefined): void {
  stream.encryption = encryption;
  stream.touch();
}

/**
 * Sets a delivery stream's tags, all of them.
 * @throws AwsError LimitExceededException for too many, InvalidArgumentException for one that AWS does not take.
 */
export function setTags(stream: DeliveryStream, tags: Readonly<Record<string, string>>): void {
  if (Object.keys(tags).length > MAX_TAGS) {
    throw new AwsError("LimitExceededException", `A delivery stream can have at most ${MAX_TAGS} tags.`);
  }
  const [mistake] = tagMistakes(tags);
  if (mistake) throw new AwsError("InvalidArgumentException", mistake.message);
  stream.tags = { ...tags };
}
