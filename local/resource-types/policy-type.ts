import { z } from "zod";
import { asPolicy } from "./canonical.ts";
import { define, goneError, regionInput } from "./define.ts";
import type { Properties, ResourceContext, ResourceType } from "./resource-type.ts";

/** A resource type for the policies of another resource. */
export interface PolicyType<T, S> {
  readonly token: string;
  /** The input that names the resource of the policy, such as `secretArn`; its value is the id. */
  readonly target: string;
  /** Schema of that input; default: any text. */
  readonly targetInput?: z.ZodType<string>;
  /** Further inputs, which the service does not store. */
  readonly settings?: z.ZodRawShape;
  readonly policy: z.ZodType<string>;
  /** The resource of the policy; undefined when it is gone. */
  find(id: string, context: ResourceContext<S>): T | undefined;
  /** The text of the policy; undefined when there is none. */
  get(thing: T): string | undefined;
  set(thing: T, policy: string | undefined, inputs: Properties, context: ResourceContext<S>): void;
}

/** A Pulumi resource type for policies of another resource. */
export function definePolicyType<T, S>(type: PolicyType<T, S>): ResourceType<Properties, S> {
  const { token, target, targetInput = z.string().min(1), settings = {}, policy, find, get, set } = type;
  const require = (id: string, context: ResourceContext<S>): T => {
    const thing = find(id, context);
    if (thing) return thing;
    throw goneError(id);
  };
  const inputs = z.strictObject({ ...regionInput, [target]: targetInput, policy, ...settings });
  return define<Properties, S>({
    token,
    inputs: inputs as unknown as z.ZodType<Properties>,
    replaceOn: [target],
    canonical: { policy: asPolicy },
    isPut: true,
    unstored: Object.fromEntries(Object.keys(settings).map((name) => [name, undefined])),
    make(inputs, context) {
      const id = String(inputs[target]);
      set(require(id, context), String(inputs["policy"]), inputs, context);
      return id;
    },
    find(id, _state, context) {
      const thing = find(id, context);
      const found = thing && get(thing);
      return found === undefined ? undefined : { [target]: id, policy: found };
    },
    change: (id, inputs, context) => set(require(id, context), String(inputs["policy"]), inputs, context),
    remove: (id, context, state) => set(require(id, context), undefined, state, context),
  });
}
