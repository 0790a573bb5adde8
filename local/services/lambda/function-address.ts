import { partitionOf } from "../../../aws/partitions.ts";
import { NotSupportedError } from "../../kernel/errors.ts";

/** Which function a caller means. */
export interface FunctionAddress {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
}

const form =
  /^(?:arn:aws[a-z-]*:lambda:([a-z0-9-]+):(\d{12}):function:|(\d{12}):function:)?([a-zA-Z0-9-_]+)(?::([$\w-]+))?$/;

/** Reads a name, a partial ARN or an ARN. Throws NotSupportedError for versions and aliases. */
export function parseFunctionAddress(
  text: string,
  home: { accountId: string; region: string },
  qualifier?: string,
): FunctionAddress {
  const parts = form.exec(text);
  const version = qualifier ?? parts?.[5];
  if (version !== undefined && version !== "$LATEST") {
    throw new NotSupportedError(`versions and aliases of a function (${text}, ${version})`, "$LATEST");
  }
  return {
    accountId: parts?.[2] ?? parts?.[3] ?? home.accountId,
    region: parts?.[1] ?? home.region,
    name: parts?.[4] ?? text,
  };
}

/** ARN of a function. */
export function functionArn({ accountId, region, name }: FunctionAddress, partition = partitionOf(region)): string {
  return `arn:${partition}:lambda:${region}:${accountId}:function:${name}`;
}

/** ARN of an event source mapping. */
export function mappingArn(uuid: string, home: { accountId: string; region: string }): string {
  return `arn:${partitionOf(home.region)}:lambda:${home.region}:${home.accountId}:event-source-mapping:${uuid}`;
}
