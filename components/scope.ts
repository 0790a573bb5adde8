import type * as pulumi from "@pulumi/pulumi";
import { type Problem, refuse } from "./checks.ts";

/**
 * Changes what a component passes to one of its children, for what the component's args do not cover: an object whose
 * members replace those of the args, or a function that changes args and options in place.
 */
export type Transform<A extends object, O extends object = pulumi.CustomResourceOptions> =
  | Partial<A>
  | ((args: A, opts: O, name: string) => void);

/** The component that children belong to, and the name that theirs start with. */
export interface Scope {
  readonly component: pulumi.ComponentResource;
  /** The component's own name. */
  readonly name: string;
  /**
   * The resource that was the parent of these children in an earlier version: each gets an alias, so that it is
   * recognised and not replaced.
   */
  readonly formerParent?: pulumi.Resource | undefined;
}

/**
 * Makes one child of a component: names it, sets its parent, and applies the caller's transform to copies of args and
 * options.
 *
 * @param suffix what follows the component's name in the child's; "" for the child that has the component's own name.
 */
export function child<A extends object, R extends pulumi.Resource, O extends pulumi.ResourceOptions>(
  scope: Scope,
  transform: Transform<A, O> | undefined,
  suffix: string,
  create: new (name: string, args: A, opts: O) => R,
  args: NoInfer<A>,
  options?: Omit<NoInfer<O>, "parent">,
): R {
  return new create(...childParameters<A, O>(scope, transform, suffix, args, options));
}

/** The constructor parameters of a child, as `child` passes them. */
export function childParameters<A extends object, O extends pulumi.ResourceOptions>(
  { component, name, formerParent }: Scope,
  transform: Transform<A, O> | undefined,
  suffix: string,
  args: A,
  options?: Omit<O, "parent">,
): [name: string, args: A, opts: O] {
  const childName = suffix === "" ? name : `${name}-${suffix}`;
  const aliases = formerParent === undefined ? {} : { aliases: [{ parent: formerParent.urn }] };
  const childOptions: pulumi.ResourceOptions = { parent: component, ...aliases, ...options };
  if (typeof transform !== "function") {
    refuse(component, name, [transformProblem(transform, childName)]);
    return [childName, { ...args, ...transform }, childOptions as O];
  }
  const childArgs = { ...args };
  const returned: unknown = transform(childArgs, childOptions as O, childName);
  refuse(component, name, [returnedProblem(returned, childName, [childArgs, childOptions])]);
  return [childName, childArgs, childOptions as O];
}

function transformProblem(transform: unknown, childName: string): Problem {
  if (transform === undefined || (typeof transform === "object" && transform !== null && !Array.isArray(transform))) {
    return undefined;
  }
  return `the transform of "${childName}" is ${JSON.stringify(transform)}; allowed is an object, or a function that changes args in place: write { tags: {} }`;
}

/**
 * A function's type allows any result, so what it returns instead of changing args would be lost in silence. A value
 * that was assigned to one of the members is fine: `(args) => (args.tags = {})`.
 */
function returnedProblem(returned: unknown, childName: string, changed: readonly object[]): Problem {
  if (typeof returned !== "object" || returned === null) return undefined;
  if (changed.some((one) => one === returned || Object.values(one).includes(returned))) return undefined;
  const mistake = returned instanceof Promise ? "is async, but the child is made at once" : "returns an object";
  return `the transform of "${childName}" ${mistake}; a function changes args in place and returns nothing: write (args) => { args.tags = {}; }`;
}

/** Makes a child that is a component itself: it takes the transforms of its own children. */
export function childComponent<A extends object, R extends pulumi.ComponentResource, T extends object>(
  scope: Scope,
  transform: T | undefined,
  suffix: string,
  create: new (name: string, args: A, opts: pulumi.ComponentResourceOptions & { readonly transform?: T }) => R,
  args: NoInfer<A>,
): R {
  const [name, childArgs, options] = childParameters<A, pulumi.ComponentResourceOptions>(
    scope,
    undefined,
    suffix,
    args,
  );
  return new create(name, childArgs, transform === undefined ? options : { ...options, transform });
}
