import { partitions } from "./partitions.ts";

/** The parts of `arn:<partition>:<service>:<region>:<account>:<resource>`. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** "" for global services. */
  readonly region: string;
  /** "" for S3 buckets. */
  readonly accountId: string;
  /** Everything after the account, including colons and slashes. */
  readonly resource: string;
}

/** Parses an ARN; throws an Error that quotes the text when it is not an ARN. */
export function parseArn(text: string): Arn {
  const [prefix, partition, service, region, accountId, ...resource] = text.split(":");
  if (prefix !== "arn" || !partition || !service || resource.join(":") === "")
    throw new Error(`not an ARN: "${text}" (arn:<partition>:<service>:<region>:<account>:<resource>)`);
  return { partition, service, region: region ?? "", accountId: accountId ?? "", resource: resource.join(":") };
}

/** The form of the ARNs of one kind of resource. */
export interface ArnShape {
  readonly service: string;
  /** The resource's part, as the source of a regular expression. */
  readonly resource: string;
  /** Whether the ARN names a region; IAM's and S3's do not. @default true */
  readonly hasRegion?: boolean;
  /** Whether the ARN names an account; a bucket's does not. @default true */
  readonly hasAccount?: boolean;
  /** The account, as the source of a regular expression. @default twelve digits */
  readonly account?: string;
}

/** A regular expression for the ARNs of these kinds of resources, in any existing partition and its regions. */
export function arnPattern(...shapes: readonly ArnShape[]): RegExp {
  return new RegExp(`^arn:(?:${shapes.flatMap(alternatives).join("|")})$`);
}

function alternatives(shape: ArnShape): string[] {
  const { service, resource, hasRegion = true, hasAccount = true } = shape;
  const account = hasAccount ? (shape.account ?? String.raw`\d{12}`) : "";
  return partitions.map(({ id, regionPattern, regions }) => {
    const names = [...Object.keys(regions), regionPattern.replace(/^\^|\$$/g, "")];
    return `${id}:${service}:${hasRegion ? `(?:${names.join("|")})` : ""}:${account}:(?:${resource})`;
  });
}
