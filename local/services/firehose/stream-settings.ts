import { AwsError } from "../../kernel/errors.ts";
import { MAX_TAGS, tagMistakes } from "../../resource-types/tags.ts";
import type { DeliveryStream, StreamEncryption } from "./delivery-stream.ts";
import { DESTINATION_ID } from "./describe.ts";
import { type Destination, destinationMistakes } from "./destination.ts";

/** A new destination, with the version of the one that it replaces. */
export interface DestinationChange {
  readonly currentVersionId: string;
  readonly destinationId: string;
  readonly destination: Destination;
}

/**
 * Replaces the destination and raises the version; buffered records go to the new destination too.
 * @throws AwsError ConcurrentModificationException for another version than the current one, InvalidArgumentException
 * for an invalid destination or a role that does not trust Firehose.
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

/** @throws AwsError InvalidArgumentException with everything that is wrong. */
function checkDestination(destination: Destination): void {
  const mistakes = destinationMistakes(destination);
  if (mistakes.length > 0) throw new AwsError("InvalidArgumentException", mistakes.join("; "));
}

/** Firehose assumes the role anew when a delivery stream is created, and when its destination changes. */
export function checkRole(stream: DeliveryStream, roleArn: string): void {
  try {
    stream.assumeAnew(roleArn);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError(
      "InvalidArgumentException",
      `Firehose is unable to assume role ${roleArn}. Please check the role provided.`,
    );
  }
}

/** Switches server-side encryption on or off, at once. */
export function setEncryption(stream: DeliveryStream, encryption: StreamEncryption | undefined): void {
  stream.encryption = encryption;
  stream.touch();
}

/** Firehose's error for more than `MAX_TAGS` tags. */
export function tooManyTags(): AwsError {
  return new AwsError("LimitExceededException", `A delivery stream can have at most ${MAX_TAGS} tags.`);
}

/**
 * Replaces a delivery stream's tags.
 * @throws AwsError LimitExceededException, InvalidArgumentException.
 */
export function setTags(stream: DeliveryStream, tags: Readonly<Record<string, string>>): void {
  if (Object.keys(tags).length > MAX_TAGS) throw tooManyTags();
  const [mistake] = tagMistakes(tags);
  if (mistake) throw new AwsError("InvalidArgumentException", mistake.message);
  stream.tags = { ...tags };
}
