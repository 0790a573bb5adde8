import type { AuthorizationRequest, Call, Operation } from "./service.ts";

/**
 * What an operation does with the one thing that its parameters name, such as a stream or a secret.
 *
 * `P`: its parameters. `T`: the thing. `O`: what else the service says of its operations.
 */
export type Verb<P, T, O = object> = O & { run(thing: T, params: P, call: Call): unknown };

/** How a service takes the operations on one kind of its things. */
export interface VerbRules<T, O, P = never> {
  /** What IAM is asked. */
  authorize(operation: string, params: P, call: Call, verb: O): readonly AuthorizationRequest[];
  /** The thing that the parameters name. @throws AwsError when there is none, or when nothing may be done with it. */
  require(params: P, call: Call, verb: O): T;
  /** Answers that all these operations have in common; `result` is what the operation's own part is. */
  answer?(thing: T, result: unknown): unknown;
}

/**
 * Operations that are each about one thing: asked of IAM, looked up and answered in the same way.
 * `I`: `Inputs` of the service's file in `local/wire/models/`.
 */
export function operationsOn<I, T, O = object>(
  rules: VerbRules<T, O>,
  verbs: { readonly [Name in keyof I]?: Verb<I[Name], T, O> },
): Readonly<Record<string, Operation>> {
  const { authorize, require, answer } = rules as unknown as VerbRules<T, O, unknown>;
  const entries = Object.entries(verbs as Readonly<Record<string, Verb<unknown, T, O>>>);
  return Object.fromEntries(
    entries.map(([name, verb]): [string, Operation] => [
      name,
      {
        authorize: (params, call) => authorize(name, params, call, verb),
        async run(params, call) {
          const thing = require(params, call, verb);
          const result = await verb.run(thing, params, call);
          return answer ? answer(thing, result) : result;
        },
      },
    ]),
  );
}
