import type * as aws from "@pulumi/aws";
import type * as awsx from "@pulumi/awsx";
import type * as pulumi from "@pulumi/pulumi";
import type { Transform } from "../scope.ts";

export interface ReplicatorNetworkArgs {
  /** Region of the network. */
  readonly region: string;
  /** Region of the table that is written to; must be the same, because endpoints reach their own region only. */
  readonly targetRegion: string;
  /** Addresses of the network. @default "10.0.0.0/16" */
  readonly cidrBlock?: string;
  /** Availability zones with a subnet each, 1 to 6. @default 2 */
  readonly availabilityZones?: number;
}

/** One entry per child. */
export interface ReplicatorNetworkTransform {
  readonly vpc?: Transform<awsx.ec2.VpcArgs, pulumi.ComponentResourceOptions>;
  readonly endpointSecurityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
  readonly functionSecurityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
  readonly s3Endpoint?: Transform<aws.ec2.VpcEndpointArgs>;
  readonly dynamodbEndpoint?: Transform<aws.ec2.VpcEndpointArgs>;
  readonly stsEndpoint?: Transform<aws.ec2.VpcEndpointArgs>;
}

export interface ReplicatorNetworkOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: ReplicatorNetworkTransform;
}

/** The raw children. */
export interface ReplicatorNetworkNodes {
  readonly vpc: awsx.ec2.Vpc;
  readonly endpointSecurityGroup: aws.ec2.SecurityGroup;
  readonly functionSecurityGroup: aws.ec2.SecurityGroup;
  readonly s3Endpoint: aws.ec2.VpcEndpoint;
  readonly dynamodbEndpoint: aws.ec2.VpcEndpoint;
  readonly stsEndpoint: aws.ec2.VpcEndpoint;
}
