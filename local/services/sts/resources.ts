import { z } from "zod";
import { defineProviderFunction, type ProviderFunction, type ResourceType } from "../../provider/resource-type.ts";

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

const dnsSuffixes: Readonly<Record<string, string>> = { "aws-cn": "amazonaws.com.cn" };

const getCallerIdentity = defineProviderFunction({
  token: "aws:index/getCallerIdentity:getCallerIdentity",
  args: z.strictObject({ id: z.string().optional() }),
  run(_args, context) {
    const { principal } = context.cloud.accounts.ensure(context.accountId).administrator;
    return { id: context.accountId, accountId: context.accountId, arn: principal.arn, userId: principal.userId };
  },
});

const getPartition = defineProviderFunction({
  token: "aws:index/getPartition:getPartition",
  args: z.strictObject({ id: z.string().optional() }),
  run(_args, { partition }) {
    const dnsSuffix = dnsSuffixes[partition] ?? "amazonaws.com";
    return { id: partition, partition, dnsSuffix, reverseDnsPrefix: dnsSuffix.split(".").reverse().join(".") };
  },
});

const getRegion = defineProviderFunction({
  token: "aws:index/getRegion:getRegion",
  args: z.strictObject({ id: z.string().optional(), name: z.string().optional(), region: z.string().optional() }),
  run(args, context) {
    const region = args.region ?? args.name ?? context.region;
    return {
      id: region,
      name: region,
      region,
      description: regionDescriptions[region] ?? region,
      endpoint: `ec2.${region}.${dnsSuffixes[context.partition] ?? "amazonaws.com"}`,
    };
  },
});

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType[] = [];

/** The functions (invokes) of this service. */
export const providerFunctions: readonly ProviderFunction[] = [getCallerIdentity, getPartition, getRegion];
