import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { endpointServiceName } from "../../aws/partitions.ts";
import { refuse } from "../checks.ts";
import { networkDefaults } from "../defaults/network.ts";
import { child, type Scope } from "../scope.ts";
import type { ReplicatorNetworkArgs, ReplicatorNetworkNodes, ReplicatorNetworkOptions } from "./args.ts";
import { problems } from "./checks.ts";

const HTTPS = { protocol: "tcp", fromPort: 443, toPort: 443 } as const;
/**
 * A network without any route to the internet, from which a function reaches S3, DynamoDB and STS only.
 * This module loads awsx, so import it dynamically, and only where the network is wanted.
 *
 * @example
 * ```ts
 * import { resolve } from "node:path";
 * import { BundledFunction } from "../components/bundled-function/bundled-function.ts";
 *
 * export default async () => {
 *   const { ReplicatorNetwork } = await import("../components/replicator-network/replicator-network.ts");
 *   const network = new ReplicatorNetwork("orders-network", { region: "us-east-1", targetRegion: "us-east-1" });
 *   new BundledFunction("audit", { entry: resolve("functions/audit/handler.ts"), network });
 * };
 * ```
 */
export class ReplicatorNetwork extends pulumi.ComponentResource {
  public readonly subnetIds: pulumi.Output<string[]>;
  public readonly securityGroupIds: pulumi.Output<string[]>;
  public readonly nodes: ReplicatorNetworkNodes;

  constructor(name: string, args: ReplicatorNetworkArgs, opts: ReplicatorNetworkOptions = {}) {
    const { transform = {}, ...componentOptions } = opts;
    super("tributary:network:ReplicatorNetwork", name, {}, componentOptions);
    refuse(this, name, problems(args));

    const scope: Scope = { component: this, name };
    const vpc = child(scope, transform.vpc, "vpc", awsx.ec2.Vpc, vpcArgs(args));
    const s3Endpoint = child(
      scope,
      transform.s3Endpoint,
      "s3",
      aws.ec2.VpcEndpoint,
      gatewayEndpointArgs(args, vpc, "s3"),
    );
    const dynamodbEndpoint = child(
      scope,
      transform.dynamodbEndpoint,
      "dynamodb",
      aws.ec2.VpcEndpoint,
      gatewayEndpointArgs(args, vpc, "dynamodb"),
    );
    const endpointSecurityGroup = child(scope, transform.endpointSecurityGroup, "endpoint-sg", aws.ec2.SecurityGroup, {
      vpcId: vpc.vpcId,
      description: "HTTPS from within the network",
      ingress: [{ ...HTTPS, cidrBlocks: [cidrBlock(args)] }],
      egress: [],
    });
    const stsEndpoint = child(scope, transform.stsEndpoint, "sts", aws.ec2.VpcEndpoint, {
      vpcId: vpc.vpcId,
      vpcEndpointType: "Interface",
      serviceName: endpointServiceName(args.region, "sts"),
      subnetIds: vpc.isolatedSubnetIds,
      securityGroupIds: [endpointSecurityGroup.id],
      privateDnsEnabled: true,
    });
    const functionSecurityGroup = child(scope, transform.functionSecurityGroup, "function-sg", aws.ec2.SecurityGroup, {
      vpcId: vpc.vpcId,
      description: "HTTPS to S3, DynamoDB and STS, nothing else",
      ingress: [],
      egress: [
        { ...HTTPS, prefixListIds: [s3Endpoint.prefixListId, dynamodbEndpoint.prefixListId] },
        { ...HTTPS, securityGroups: [endpointSecurityGroup.id] },
      ],
    });

    this.subnetIds = vpc.isolatedSubnetIds;
    this.securityGroupIds = pulumi.output([functionSecurityGroup.id]);
    this.nodes = { vpc, endpointSecurityGroup, functionSecurityGroup, s3Endpoint, dynamodbEndpoint, stsEndpoint };
    this.registerOutputs({ subnetIds: this.subnetIds, securityGroupIds: this.securityGroupIds });
  }
}

function cidrBlock(args: ReplicatorNetworkArgs): string {
  return args.cidrBlock ?? networkDefaults.cidrBlock;
}

function vpcArgs(args: ReplicatorNetworkArgs): awsx.ec2.VpcArgs {
  return {
    cidrBlock: cidrBlock(args),
    numberOfAvailabilityZones: args.availabilityZones ?? networkDefaults.availabilityZones,
    subnetSpecs: [{ type: "Isolated", name: "isolated" }],
    subnetStrategy: "Auto",
    natGateways: { strategy: "None" },
    // Both are needed for an endpoint's private DNS name.
    enableDnsHostnames: true,
    enableDnsSupport: true,
  };
}

function gatewayEndpointArgs(args: ReplicatorNetworkArgs, vpc: awsx.ec2.Vpc, service: string): aws.ec2.VpcEndpointArgs {
  return {
    vpcId: vpc.vpcId,
    vpcEndpointType: "Gateway",
    serviceName: endpointServiceName(args.region, service),
    routeTableIds: vpc.routeTables.apply((tables) => tables.map((table) => table.id)),
  };
}
