import { AwsError } from "../../kernel/errors.ts";
import { arnIn, type Place } from "../../kernel/place.ts";

/** The parameters that name the stream of a call. */
export interface StreamAddress {
  readonly StreamName?: string | undefined;
  readonly StreamARN?: string | undefined;
}

/** ARN of the stream with this name. */
export function streamArn(place: Place, name: string): string {
  return arnIn(place, "kinesis", `stream/${name}`);
}

/**
 * ARN of the stream that a call addresses: by name in the caller's account, or by the ARN of any account.
 * @param place account and region of the call.
 * @throws AwsError InvalidArgumentException.
 */
export function addressedArn({ StreamName: name, StreamARN: arn }: StreamAddress, place: Place): string {
  const invalid = (message: string) => new AwsError("InvalidArgumentException", message);
  if (arn === undefined) {
    if (name === undefined) throw invalid("Either StreamName or StreamARN must be given.");
    return streamArn(place, name);
  }
  if (name !== undefined && !arn.endsWith(`:stream/${name}`)) {
    throw invalid(`StreamName ${name} and StreamARN ${arn} name two streams.`);
  }
  if (arn.split(":")[3] !== place.region) {
    throw invalid(`StreamARN ${arn} is not of the region ${place.region}.`);
  }
  return arn;
}
