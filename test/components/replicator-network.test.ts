import { expect } from "chai";
import { ReplicatorNetwork } from "../../components/replicator-network/replicator-network.ts";
import { record, refusal, resolved } from "../support/mocks.ts";

const args = { region: "us-east-1", targetRegion: "us-east-1" };
const https = { protocol: "tcp", fromPort: 443, toPort: 443 };

describe("ReplicatorNetwork", () => {
  it("asks awsx for isolated subnets without any way out", async () => {
    const run = await record(() => new ReplicatorNetwork("net", args));
    const [vpc] = run.of("awsx:ec2:Vpc");
    expect(vpc).to.include({ name: "net-vpc", parent: "net" });
    expect(vpc?.inputs).to.deep.equal({
      cidrBlock: "10.0.0.0/16",
      numberOfAvailabilityZones: 2,
      subnetSpecs: [{ type: "Isolated", name: "isolated" }],
      subnetStrategy: "Auto",
      natGateways: { strategy: "None" },
      enableDnsHostnames: true,
      enableDnsSupport: true,
    });
  });

  it("names its endpoints as the partition of its region does", async () => {
    const cn = { region: "cn-north-1", targetRegion: "cn-north-1" };
    const run = await record(() => new ReplicatorNetwork("net", cn));
    expect(["net-s3", "net-dynamodb", "net-sts"].map((name) => run.named(name).inputs["serviceName"])).to.deep.equal([
      "com.amazonaws.cn-north-1.s3",
      "com.amazonaws.cn-north-1.dynamodb",
      "cn.com.amazonaws.cn-north-1.sts",
    ]);
  });

  it("reaches S3 and DynamoDB by gateway endpoints, STS by an interface with its private name, and nothing else", async () => {
    const run = await record(() => new ReplicatorNetwork("net", args));
    expect(run.resources.map((each) => each.name)).to.have.members([
      "net-s3",
      "net-dynamodb",
      "net-sts",
      "net-endpoint-sg",
      "net-function-sg",
    ]);
    const gateway = {
      vpcId: "vpc-0123456789abcdef0",
      vpcEndpointType: "Gateway",
      routeTableIds: ["rtb-0000000000000000a", "rtb-0000000000000000b"],
    };
    expect(run.named("net-s3").inputs).to.deep.equal({ ...gateway, serviceName: "com.amazonaws.us-east-1.s3" });
    expect(run.named("net-dynamodb").inputs).to.deep.equal({
      ...gateway,
      serviceName: "com.amazonaws.us-east-1.dynamodb",
    });
    expect(run.named("net-sts").inputs).to.deep.equal({
      vpcId: "vpc-0123456789abcdef0",
      vpcEndpointType: "Interface",
      serviceName: "com.amazonaws.us-east-1.sts",
      subnetIds: ["subnet-0000000000000000a", "subnet-0000000000000000b"],
      securityGroupIds: ["net-endpoint-sg-id"],
      privateDnsEnabled: true,
    });
    expect(run.named("net-endpoint-sg").inputs).to.deep.equal({
      vpcId: "vpc-0123456789abcdef0",
      description: "HTTPS from within the network",
      ingress: [{ ...https, cidrBlocks: ["10.0.0.0/16"] }],
      egress: [],
    });
    expect(run.named("net-function-sg").inputs).to.deep.equal({
      vpcId: "vpc-0123456789abcdef0",
      description: "HTTPS to S3, DynamoDB and STS, nothing else",
      ingress: [],
      egress: [
        { ...https, prefixListIds: ["pl-s3", "pl-dynamodb"] },
        { ...https, securityGroups: ["net-endpoint-sg-id"] },
      ],
    });
    expect(await resolved(run.result.subnetIds)).to.deep.equal([
      "subnet-0000000000000000a",
      "subnet-0000000000000000b",
    ]);
    expect(await resolved(run.result.securityGroupIds)).to.deep.equal(["net-function-sg-id"]);
  });

  it("hands every child to its transform, the one of awsx too", async () => {
    const seen: string[] = [];
    const see = (_args: object, _opts: object, name: string) => void seen.push(name);
    const run = await record(
      () =>
        new ReplicatorNetwork(
          "net",
          { ...args, cidrBlock: "10.9.0.0/20", availabilityZones: 3 },
          {
            transform: {
              vpc: (vpc, opts, name) => {
                see(vpc, opts, name);
                vpc.tags = { owner: "me" };
              },
              endpointSecurityGroup: see,
              functionSecurityGroup: see,
              s3Endpoint: see,
              dynamodbEndpoint: see,
              stsEndpoint: see,
            },
          },
        ),
    );
    expect(seen).to.have.members(["net-vpc", ...run.resources.map((each) => each.name)]);
    expect(run.of("awsx:ec2:Vpc")[0]?.inputs).to.deep.include({
      cidrBlock: "10.9.0.0/20",
      numberOfAvailabilityZones: 3,
      tags: { owner: "me" },
    });
  });

  it("refuses a target in another region, and other bad args, before anything is made", async () => {
    const { lines, resources } = await refusal(
      () =>
        new ReplicatorNetwork("net", {
          region: "us-east-1",
          targetRegion: "eu-west-1",
          cidrBlock: "10.0.0.0/8",
          availabilityZones: 0,
        }),
    );
    expect(lines).to.deep.equal([
      '"net" has args that cannot work:',
      `- targetRegion is "eu-west-1"; allowed is the network's own region, "us-east-1", because its endpoints reach no other: do without the network, or deploy both sides into one region`,
      '- cidrBlock is "10.0.0.0/8"; allowed is a block of /16 to /29: write cidrBlock: "10.0.0.0/16"',
      "- availabilityZones is 0; allowed is a whole number from 1 to 6: write availabilityZones: 1",
    ]);
    expect(resources).to.deep.equal([]);
  });
});
