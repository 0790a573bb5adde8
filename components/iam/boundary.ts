import type * as pulumi from "@pulumi/pulumi";

/** The argument of a role that bounds what it may do; nothing without a boundary. */
export function boundary(policyArn: pulumi.Input<string> | undefined): { permissionsBoundary?: pulumi.Input<string> } {
  return policyArn === undefined ? {} : { permissionsBoundary: policyArn };
}
