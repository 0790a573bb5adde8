import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { type Transform, transformed } from "../transform.ts";
import type { IngestGatewayOptions } from "./args.ts";

type Transforms = NonNullable<IngestGatewayOptions["transform"]>;

/** What every `createX` of a gateway is given: whose child it makes, and a place to note what the deployment is made of. */
export interface Children {
  readonly name: string;
  readonly parent: pulumi.ComponentResource;
  readonly transform: Transforms;
  /** Arguments of what a deployment takes a picture of, and the resources that it waits for. */
  readonly deployed: { readonly args: Record<string, unknown>; readonly resources: pulumi.Resource[] };
}

/** Constructor parameters of a child, after the caller's transform. */
export function child<A extends object>(
  children: Children,
  transform: Transform<A> | undefined,
  suffix: string,
  args: A,
  options: pulumi.CustomResourceOptions = {},
): [string, A, pulumi.CustomResourceOptions] {
  return transformed(transform, `${children.name}-${suffix}`, args, { parent: children.parent, ...options });
}

/** Makes a child that is part of what is deployed: its arguments go into the hash, and the deployment waits for it. */
export function deployedChild<A extends object, R extends pulumi.Resource>(
  children: Children,
  create: new (name: string, args: A, options: pulumi.CustomResourceOptions) => R,
  transform: Transform<A> | undefined,
  suffix: string,
  args: A,
): R {
  const [name, finalArgs, options] = child(children, transform, suffix, args);
  const resource = new create(name, finalArgs, options);
  children.deployed.args[name] = finalArgs;
  children.deployed.resources.push(resource);
  return resource;
}

/** SHA-256 over all arguments, in a fixed order: a change of any of them makes a new deployment, nothing else does. */
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
