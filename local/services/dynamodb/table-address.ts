import { NotSupportedError } from "../../kernel/errors.ts";
import { arnIn, type Place } from "../../kernel/place.ts";
import { validationError } from "./errors.ts";

/** ARN of the table with this name. */
export function tableArn(place: Place, name: string): string {
  return arnIn(place, "dynamodb", `table/${name}`);
}

/**
 * ARN of the table that a call addresses: by name in the caller's account, or by the ARN of any account.
 * @param place account and region of the call.
 * @throws AwsError ValidationException for an ARN of another region.
 */
export function addressedArn(nameOrArn: string, place: Place): string {
  if (!nameOrArn.startsWith("arn:")) return tableArn(place, nameOrArn);
  if (nameOrArn.split(":")[3] === place.region) return nameOrArn;
  throw validationError(`The table ${nameOrArn} is not of the region ${place.region}.`);
}

/**
 * ARN of the table whose tags or policy a call addresses.
 * @throws AwsError ValidationException for what is no table's ARN, NotSupportedError for that of a stream.
 */
export function resourceArn(arn: string, place: Place): string {
  if (/^arn:[^:]+:dynamodb:[^:]*:\d{12}:table\/[a-zA-Z0-9_.-]{3,255}$/.test(arn)) return addressedArn(arn, place);
  if (arn.includes("/stream/")) throw new NotSupportedError(`tags and policies of a table's stream (${arn})`, "tables");
  throw validationError(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`);
}
