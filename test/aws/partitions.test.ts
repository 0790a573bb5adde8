import { expect } from "chai";
import {
  dnsSuffixOf,
  dnsSuffixOfPartition,
  endpointServiceName,
  isRegion,
  partitionOf,
  partitions,
  regionDescription,
  reverseDns,
} from "../../aws/partitions.ts";

describe("AWS's partitions", () => {
  it("are those that AWS publishes, each with its domain and its regions", () => {
    expect(Object.fromEntries(partitions.map(({ id, dnsSuffix }) => [id, dnsSuffix]))).to.deep.equal({
      aws: "amazonaws.com",
      "aws-cn": "amazonaws.com.cn",
      "aws-eusc": "amazonaws.eu",
      "aws-iso": "c2s.ic.gov",
      "aws-iso-b": "sc2s.sgov.gov",
      "aws-iso-e": "cloud.adc-e.uk",
      "aws-iso-f": "csp.hci.ic.gov",
      "aws-us-gov": "amazonaws.com",
    });
    for (const partition of partitions) {
      const names = Object.keys(partition.regions);
      expect(names, partition.id).to.include(partition.globalRegion);
      expect(names.map(partitionOf), partition.id).to.deep.equal(names.map(() => partition.id));
      expect(names.map(isRegion), partition.id).to.deep.equal(names.map(() => true));
    }
  });

  for (const [region, partition, suffix, description] of [
    ["us-east-1", "aws", "amazonaws.com", "US East (N. Virginia)"],
    ["us-gov-west-1", "aws-us-gov", "amazonaws.com", "AWS GovCloud (US-West)"],
    ["cn-north-1", "aws-cn", "amazonaws.com.cn", "China (Beijing)"],
    ["eusc-de-east-1", "aws-eusc", "amazonaws.eu", "AWS European Sovereign Cloud (Germany)"],
    ["us-iso-east-1", "aws-iso", "c2s.ic.gov", "US ISO East"],
    ["us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov", "US ISOB East (Ohio)"],
    ["eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk", "EU ISOE West"],
    ["us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov", "US ISOF SOUTH"],
  ] as const)
    it(`puts ${region} into ${partition}`, () => {
      expect([partitionOf(region), dnsSuffixOf(region), regionDescription(region)]).to.deep.equal([
        partition,
        suffix,
        description,
      ]);
    });

  it("know a region that is newer than the table by how others are named, and no misspelt one", () => {
    expect(["us-south-9", "cn-west-1", "eusc-de-west-1", "us-isob-south-2"].map(partitionOf)).to.deep.equal([
      "aws",
      "aws-cn",
      "aws-eusc",
      "aws-iso-b",
    ]);
    expect(isRegion("us-south-9")).to.equal(true);
    expect(regionDescription("us-south-9")).to.equal(undefined);
    const wrong = ["us-esat-1", "us-east-1a", "us-east", "US-EAST-1", "xx-east-1", "aws-cn-global", "east-1", ""];
    expect(wrong.filter(isRegion)).to.deep.equal([]);
    expect(wrong.map(partitionOf)).to.deep.equal(wrong.map(() => "aws"));
  });

  it("refuse a partition that is none, by name", () => {
    expect(() => dnsSuffixOfPartition("aws-moon")).to.throw('"aws-moon" is not a partition of AWS: aws, aws-cn, ');
  });

  it("name endpoint services by domain in China only, and there not those of gateway endpoints", () => {
    const names = ["us-east-1", "us-gov-east-1", "eusc-de-east-1", "us-iso-west-1", "cn-northwest-1"].map((region) =>
      ["sts", "s3", "dynamodb"].map((service) => endpointServiceName(region, service).replace(region, "*")),
    );
    const everywhere = ["com.amazonaws.*.sts", "com.amazonaws.*.s3", "com.amazonaws.*.dynamodb"];
    expect(names).to.deep.equal([
      ...Array.from({ length: 4 }, () => everywhere),
      ["cn.com.amazonaws.*.sts", "com.amazonaws.*.s3", "com.amazonaws.*.dynamodb"],
    ]);
    expect(reverseDns("amazonaws.com.cn")).to.equal("cn.com.amazonaws");
  });
});
