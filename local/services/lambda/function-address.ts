import { NotSupportedError } from "../../kernel/errors.ts";
import { arnIn, type Place } from "../../kernel/place.ts";

/** The function that a caller addresses. */
export interface FunctionAddress extends Place {
  readonly name: string;
}

const form =
  /^(?:arn:aws[a-z-]*:lambda:([a-z0-9-]+):(\d{12}):function:|(\d{12}):function:)?([a-zA-Z0-9-_]+)(?::([$\w-]+))?$/;

/** Reads a name, a partial ARN or an ARN. Throws NotSupportedError for versions and aliases. */
export function parseFunctionAddress(text: string, place: Place, qualifier?: string): FunctionAddress {
  const parts = form.exec(text);
  const version = qualifier ?? parts?.[5];
  if (version !== undefined && version !== "$LATEST") {
    throw new NotSupportedError(`versions and aliases of a function (${text}, ${version})`, "$LATEST");
  }
  return {
    accountId: parts?.[2] ?? parts?.[3] ?? place.accountId,
    region: parts?.[1] ?? place.region,
    name: parts?.[4] ?? text,
  };
}

/** ARN of a function. */
export function functionArn(address: FunctionAddress): string {
  return arnIn(address, "lambda", `function:${address.name}`);
}

/** ARN of an event source mapping. */
export function mappingArn(uuid: string, place: Place): string {
  return arnIn(place, "lambda", `event-source-mapping:${uuid}`);
}
