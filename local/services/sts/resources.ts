import { z } from "zod";
import { dnsSuffixOf, dnsSuffixOfPartition, isRegion, regionDescription, reverseDns } from "../../../aws/partitions.ts";
import { defineProviderFunction, type ProviderFunction } from "../../resource-types/resource-type.ts";

/** The name of a region's EC2 endpoint. */
const endpointOf = (region: string) => `ec2.${region}.${dnsSuffixOf(region)}`;

const isEndpoint = (text: string) => {
  const region = text.split(".")[1] ?? "";
  return isRegion(region) && text === endpointOf(region);
};

const getCallerIdentity = defineProviderFunction({
  token: "aws:index/getCallerIdentity:getCallerIdentity",
  args: z.strictObject({ id: z.string().optional() }),
  run(_args, { accountId, principal }) {
    return { id: accountId, accountId, arn: principal.arn, userId: principal.userId };
  },
});

const getPartition = defineProviderFunction({
  token: "aws:index/getPartition:getPartition",
  args: z.strictObject({ id: z.string().optional() }),
  run(_args, { partition }) {
    const dnsSuffix = dnsSuffixOfPartition(partition);
    return { id: partition, partition, dnsSuffix, reverseDnsPrefix: reverseDns(dnsSuffix) };
  },
});

const getRegion = defineProviderFunction({
  token: "aws:index/getRegion:getRegion",
  args: z
    .strictObject({
      endpoint: z.string().refine(isEndpoint, "is not an EC2 endpoint such as ec2.us-east-1.amazonaws.com").optional(),
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
      description: regionDescription(region) ?? region,
      endpoint: endpointOf(region),
    };
  },
});

/** The regions that the arguments of `getRegion` name. */
function asked({ endpoint, name, region }: { endpoint?: string; name?: string; region?: string }): Set<string> {
  const names = [endpoint?.split(".")[1], name, region];
  return new Set(names.filter((each) => each !== undefined));
}

/** The functions (invokes) of this service. */
export const providerFunctions: readonly ProviderFunction[] = [getCallerIdentity, getPartition, getRegion];
