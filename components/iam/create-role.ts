import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { child, type Scope, type Transform } from "../scope.ts";
import { type PolicyStatement, policyJson } from "./policy.ts";

/** A role, its trust policy, and its one inline policy. */
export interface RoleInput {
  /** Suffixes of the two children's names, such as `role` and `policy`. */
  readonly suffixes: { readonly role: string; readonly policy: string };
  /** JSON text of the trust policy. */
  readonly trustPolicy: pulumi.Input<string>;
  readonly statements: readonly PolicyStatement[];
  /** ARN of the role's permissions boundary. */
  readonly permissionsBoundaryArn: pulumi.Input<string> | undefined;
  /** Name, path, description or session duration, where they are not left to AWS and Pulumi. */
  readonly settings?: Pick<aws.iam.RoleArgs, "name" | "path" | "description" | "maxSessionDuration">;
  /** Options of both. */
  readonly options?: Pick<pulumi.CustomResourceOptions, "retainOnDelete">;
}

/**
 * Makes a role and its policy. A resource that acts as the role should depend on the policy, which is made after the
 * role.
 */
export function createRole(
  scope: Scope,
  transforms: {
    readonly role: Transform<aws.iam.RoleArgs> | undefined;
    readonly policy: Transform<aws.iam.RolePolicyArgs> | undefined;
  },
  { suffixes, trustPolicy, statements, permissionsBoundaryArn, settings, options }: RoleInput,
): { readonly role: aws.iam.Role; readonly policy: aws.iam.RolePolicy } {
  const role = child(
    scope,
    transforms.role,
    suffixes.role,
    aws.iam.Role,
    {
      assumeRolePolicy: trustPolicy,
      ...(permissionsBoundaryArn === undefined ? {} : { permissionsBoundary: permissionsBoundaryArn }),
      ...settings,
    },
    options,
  );
  const policy = child(
    scope,
    transforms.policy,
    suffixes.policy,
    aws.iam.RolePolicy,
    { role: role.name, policy: policyJson(statements) },
    options,
  );
  return { role, policy };
}
