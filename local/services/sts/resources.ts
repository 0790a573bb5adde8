import { z } from "zod";
import { defineProviderFunction, type ProviderFunction, type ResourceType } from "../../provider/resource-type.ts";
import { partitionOf } from "../partition.ts";

/** What `aws.getRegion` says of each region that a program is likely to use. */
const regionDescriptions: Readonly<Record<string, string>> = {
  "us-east-1": "US East (N. Virginia)",
  "us-east-2": "US East (Ohio)",
  "us-west-1": "US West (N. California)",
  "us-west-2": "US West (Oregon)",
  "ca-central-1": "Canada (Central)",
  "eu-central-1": "Europe (Frankfurt)",
  "eu-north-1": "Europe (Stockholm)",
  "eu-west-1": "Europe (Ireland)",
  "eu-west-2": "Europe (London)",
  "eu-west-3": "Europe (Paris)",
  "ap-northeast-1": "Asia Pacific (Tokyo)",
  "ap-south-1": "Asia Pacific (Mumbai)",
  "ap-southeast-1": "Asia Pacific (Singapore)",
  "ap-southeast-2": "Asia Pacific (Sydney)",
  "sa-east-1": "South America (Sao Paulo)",
};

const DNS_SUFFIXES: Readonly<Record<string, string>> = { "aws-cn": "amazonaws.com.cn" };

const dnsSuffixOf = (partition: string) => DNS_SUFFIXES[partition] ?? "amazonaws.com";

const getCallerIdentity = defineProviderFunction({
  token: "aws:index/getCallerIdentity:getCallerIdentity",
  args: z.strictObject({ id: z.string().optional() }),
  run(_args, { cloud, accountId, principal = cloud.accounts.ensure(accountId).administrator.principal }) {
    return { id: accountId, accountId, arn: principal.arn, userId: principal.userId };
  },
});

const getPartition = defineProviderFunction({
  token: "aws:index/getPartition:getPartition",
  args: z.strictObject({ id: z.string().optional() }),
  run(_args, { partition }) {
    const dnsSuffix = dnsSuffixOf(partition);
    return { id: partition, partition, dnsSuffix, reverseDnsPrefix: dnsSuffix.split(".").reverse().join(".") };
  },
});

const getRegion = defineProviderFunction({
  token: "aws:index/getRegion:getRegion",
  args: z
    .strictObject({
      endpoint: z
        .string()
        .regex(/^ec2\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/, "is not an EC2 endpoint such as ec2.us-east-1.amazonaws.com")
        .optional(),
      id: z.string().optional(),
      name: z.string().optional(),
      region: z.string().optional(),
    })
    .refine((args) => asked(args).size <= 1, "multiple Regions matched: use one of endpoint, name and region"),
  run(args, context) {
    const [region = context.region] = asked(args);
    return {
      id: region,
      name: region,
      region,
      description: regionDescriptions[region] ?? region,
      endpoint: `ec2.${region}.${dnsSuffixOf(partitionOf(region))}`,
    };
  },
});

/** The regions that the arguments of `getRegion` name. */
function asked({ endpoint, name, region }: { endpoint?: string; name?: string; region?: string }): Set<string> {
  const names = [endpoint?.split(".")[1], name, region];
  return new Set(names.filter((each) => each !== undefined));
}

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType[] = [];

/** The functions (invokes) of this service. */
export const providerFunctions: readonly ProviderFunction[] = [getCallerIdentity, getPartition, getRegion];
