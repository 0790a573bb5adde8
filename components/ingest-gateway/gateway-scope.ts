import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { childParameters, type Scope, type Transform } from "../scope.ts";
import type { IngestGatewayOptions } from "./args.ts";

type Transforms = NonNullable<IngestGatewayOptions["transform"]>;

/** The scope of a gateway's children, with the caller's transforms and the inputs of the deployment. */
export interface GatewayScope extends Scope {
  readonly transform: Transforms;
  /** Args of the resources that a deployment is a snapshot of, by name, and the resources that it depends on. */
  readonly deployed: { readonly args: Record<string, unknown>; readonly resources: pulumi.Resource[] };
}

/**
 * Makes a child that belongs to the deployment: its args are part of the deployment's hash, and the deployment depends
 * on it.
 */
export function deployedChild<A extends object, R extends pulumi.Resource>(
  scope: GatewayScope,
  transform: Transform<A> | undefined,
  suffix: string,
  create: new (name: string, args: A, options: pulumi.CustomResourceOptions) => R,
  args: NoInfer<A>,
): R {
  const [name, finalArgs, options] = childParameters(scope, transform, suffix, args);
  const resource = new create(name, finalArgs, options);
  scope.deployed.args[name] = finalArgs;
  scope.deployed.resources.push(resource);
  return resource;
}

/** SHA-256 over all args, in a fixed order: a change of any of them makes a new deployment, and nothing else does. */
export function deploymentHash(args: Readonly<Record<string, unknown>>): pulumi.Output<string> {
  return pulumi.output(args).apply((resolved) =>
    createHash("sha256")
      .update(JSON.stringify(inFixedOrder(resolved)))
      .digest("hex"),
  );
}

function inFixedOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inFixedOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, inFixedOrder(entry)]));
}
