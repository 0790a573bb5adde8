import { z } from "zod";
import { asPolicy } from "./canonical.ts";
import { define, regionInput } from "./define.ts";
import type { Properties, ResourceContext, ResourceType } from "./resource-type.ts";

/** The policy of a resource that is a Pulumi resource of its own: how it gets onto what it is for, and off again. */
export interface PolicyType<T, S> {
  readonly token: string;
  /** The argument that names what the policy is for, such as `secretArn`; its value is the id. */
  readonly target: string;
  /** Further arguments, which no service tells back. */
  readonly settings?: z.ZodRawShape;
  readonly policy: z.ZodType<string>;
  /** What the policy is for; undefined when it is gone. */
  find(id: string, context: ResourceContext<S>): T | undefined;
  /** The same. @throws AwsError when there is none. */
  require(id: string, context: ResourceContext<S>): T;
  /** The policy as it was written; undefined when there is none. */
  get(thing: T): string | undefined;
  set(thing: T, policy: string | undefined, inputs: Properties, context: ResourceContext<S>): void;
}

/** A Pulumi resource type for the policy of a resource. */
export function definePolicyType<T, S>(type: PolicyType<T, S>): ResourceType<Properties, S> {
  const { token, target, settings = {}, policy, find, require, get, set } = type;
  const names = Object.keys(settings);
  const inputs = z.strictObject({ ...regionInput, [target]: z.string().min(1), policy, ...settings });
  return define<Properties, S>({
    token,
    inputs: inputs as unknown as z.ZodType<Properties>,
    replaceOn: [target],
    canonical: { policy: asPolicy },
    make(inputs, context) {
      const id = String(inputs[target]);
      set(require(id, context), String(inputs["policy"]), inputs, context);
      return id;
    },
    find(id, state, context) {
      const thing = find(id, context);
      const found = thing && get(thing);
      if (found === undefined) return undefined;
      return { ...Object.fromEntries(names.map((name) => [name, state[name]])), [target]: id, policy: found };
    },
    change: (id, inputs, context) => set(require(id, context), String(inputs["policy"]), inputs, context),
    remove: (id, context, state) => set(require(id, context), undefined, state, context),
  });
}
