import type * as pulumi from "@pulumi/pulumi";

/** Changes what a component passes to one of its children, in place: for what the component's args do not cover. */
export type Transform<A> = (args: A, opts: pulumi.CustomResourceOptions, name: string) => void;

/** The constructor parameters of a child after the caller's transform, if there is one. The given objects stay as they are. */
export function transformed<A extends object, O extends pulumi.ResourceOptions = pulumi.CustomResourceOptions>(
  transform: ((args: A, opts: O, name: string) => void) | undefined,
  name: string,
  args: A,
  opts: O,
): [name: string, args: A, opts: O] {
  const childArgs = { ...args };
  const childOpts = { ...opts };
  transform?.(childArgs, childOpts, name);
  return [name, childArgs, childOpts];
}
