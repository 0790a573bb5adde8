import { readFileSync } from "node:fs";

/** An AWS partition, as AWS publishes it. */
export interface Partition {
  /** As in ARNs: `aws`, `aws-cn`, … */
  readonly id: string;
  /** Domain of its endpoints. */
  readonly dnsSuffix: string;
  readonly dualStackDnsSuffix: string;
  /** The signing region of global services such as IAM. */
  readonly globalRegion: string;
  /** Pattern of its regions' names, including future ones. */
  readonly regionPattern: string;
  /** Name → description of the regions at the time of the table. */
  readonly regions: Readonly<Record<string, string>>;
}

/** The table of all names that differ by partition; `source` names its origin. */
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
 * The partition of a region; undefined for a text that is not a region. A region newer than the table is recognized by
 * its partition's pattern and a direction that other regions have too, so `us-esat-1` is not a region.
 */
export function findPartition(region: string): Partition | undefined {
  const listed = ofListed.get(region);
  if (listed !== undefined || !directions.has(directionOf(region))) return listed;
  return patterns.find(({ pattern }) => pattern.test(region))?.partition;
}

/** Whether a text is a region of any partition. */
export function isRegion(text: string): boolean {
  return findPartition(text) !== undefined;
}

/** The id of a region's partition; `aws` for a text that is not a region, like AWS's SDKs. */
export function partitionOf(region: string): string {
  return findPartition(region)?.id ?? DEFAULT_PARTITION;
}

/** Domain of a region's endpoints, such as `amazonaws.com`. */
export function dnsSuffixOf(region: string): string {
  return dnsSuffixOfPartition(partitionOf(region));
}

/** Domain of a partition's endpoints; throws an Error for an unknown partition. */
export function dnsSuffixOfPartition(id: string): string {
  const partition = partitions.find((each) => each.id === id);
  if (partition === undefined)
    throw new Error(`"${id}" is not a partition of AWS: ${partitions.map((each) => each.id).join(", ")}`);
  return partition.dnsSuffix;
}

/** The region of a partition's global services, such as IAM. @param id default partition for an unknown one. */
export function globalRegionOf(id: string): string {
  return (partitions.find((each) => each.id === id) ?? partitions[0])?.globalRegion ?? "us-east-1";
}

/** The parts of a domain name in reverse order, as in some AWS names: `amazonaws.com.cn` → `cn.com.amazonaws`. */
export function reverseDns(suffix: string): string {
  return suffix.split(".").reverse().join(".");
}

/** AWS's description of a region, such as "US East (Ohio)"; undefined for a region that is not in the table. */
export function regionDescription(region: string): string | undefined {
  return findPartition(region)?.regions[region];
}

/**
 * VPC endpoint services whose names start with their partition's domain. All others start with `com.amazonaws` in
 * every partition, including gateway endpoints (S3, DynamoDB). Only services that this project uses. Source: the AWS
 * CDK's list (aws-cdk-lib 2.2xx, aws-ec2/lib/vpc-endpoint.ts), made with DescribeVpcEndpointServices.
 */
const NAMED_BY_DOMAIN: Readonly<Record<string, readonly string[]>> = { "aws-cn": ["sts"] };

/** The name of a service's VPC endpoint service in a region, such as `com.amazonaws.us-east-1.sts`. */
export function endpointServiceName(region: string, service: string): string {
  const isNamedByDomain = NAMED_BY_DOMAIN[partitionOf(region)]?.includes(service) ?? false;
  return `${isNamedByDomain ? reverseDns(dnsSuffixOf(region)) : "com.amazonaws"}.${region}.${service}`;
}
