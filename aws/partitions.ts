import { readFileSync } from "node:fs";

/** A part of AWS with accounts, names and endpoints of its own, as AWS publishes it. */
export interface Partition {
  /** As ARNs name it: `aws`, `aws-cn`, … */
  readonly id: string;
  /** What the names of endpoints end with. */
  readonly dnsSuffix: string;
  readonly dualStackDnsSuffix: string;
  /** The region that global services, such as IAM, are signed for. */
  readonly globalRegion: string;
  /** What the names of its regions look like, those of later years too. */
  readonly regionPattern: string;
  /** Name → description of the regions that there were when the table was made. */
  readonly regions: Readonly<Record<string, string>>;
}

/** The one table of what AWS names differently by partition; `source` says where it comes from. */
const table = JSON.parse(readFileSync(new URL("./partitions.json", import.meta.url), "utf8")) as {
  readonly source: string;
  readonly partitions: readonly Partition[];
};

export const partitions: readonly Partition[] = table.partitions;

const DEFAULT_PARTITION = "aws";

const ofListed = new Map(
  partitions.flatMap((partition) => Object.keys(partition.regions).map((region) => [region, partition] as const)),
);
const patterns = partitions.map((partition) => ({ partition, pattern: new RegExp(partition.regionPattern) }));

/** `east` of `us-east-1`: the part of a region's name before its number. */
const directionOf = (region: string) => region.split("-").at(-2);
const directions = new Set([...ofListed.keys()].map(directionOf));

/**
 * The partition of a region; undefined for what is no region's name. A region that is newer than the table is known by its partition's pattern and by a
 * direction that other regions have too, so that `us-esat-1` is none.
 */
export function findPartition(region: string): Partition | undefined {
  const listed = ofListed.get(region);
  if (listed !== undefined || !directions.has(directionOf(region))) return listed;
  return patterns.find(({ pattern }) => pattern.test(region))?.partition;
}

/** Whether a text is the name of a region, of whatever partition. */
export function isRegion(text: string): boolean {
  return findPartition(text) !== undefined;
}

/** The id of a region's partition; `aws` for what is no region's name, as AWS's SDKs have it. */
export function partitionOf(region: string): string {
  return findPartition(region)?.id ?? DEFAULT_PARTITION;
}

/** What the names of a region's endpoints end with, such as `amazonaws.com`. */
export function dnsSuffixOf(region: string): string {
  return dnsSuffixOfPartition(partitionOf(region));
}

/** What the names of a partition's endpoints end with; throws an Error for a partition that is none. */
export function dnsSuffixOfPartition(id: string): string {
  const partition = partitions.find((each) => each.id === id);
  if (partition === undefined)
    throw new Error(`"${id}" is not a partition of AWS: ${partitions.map((each) => each.id).join(", ")}`);
  return partition.dnsSuffix;
}

/** A domain name's parts in reverse order, as AWS names things by their domain: `amazonaws.com.cn` → `cn.com.amazonaws`. */
export function reverseDns(suffix: string): string {
  return suffix.split(".").reverse().join(".");
}

/** What AWS calls a region, such as "US East (Ohio)"; undefined for one that the table does not list. */
export function regionDescription(region: string): string | undefined {
  return findPartition(region)?.regions[region];
}

/**
 * Endpoint services of a VPC that are named by their partition's domain; all others begin with `com.amazonaws` in every partition, those of gateway
 * endpoints (S3, DynamoDB) among them. Of the services that this project uses; from the list that the AWS CDK keeps (aws-cdk-lib 2.2xx,
 * aws-ec2/lib/vpc-endpoint.ts), which is made by DescribeVpcEndpointServices.
 */
const NAMED_BY_DOMAIN: Readonly<Record<string, readonly string[]>> = { "aws-cn": ["sts"] };

/** The name of a service's VPC endpoint service in a region, such as `com.amazonaws.us-east-1.sts`. */
export function endpointServiceName(region: string, service: string): string {
  const isNamedByDomain = NAMED_BY_DOMAIN[partitionOf(region)]?.includes(service) ?? false;
  return `${isNamedByDomain ? reverseDns(dnsSuffixOf(region)) : "com.amazonaws"}.${region}.${service}`;
}
