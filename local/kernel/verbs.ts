import type { AuthorizationRequest, Call, Operation } from "./service.ts";

/**
 * An operation on one thing named by its parameters, such as a stream or a secret.
 *
 * `P`: its parameters. `T`: the thing. `O`: further options of the service's operations.
 */
export type Verb<P, T, O = object> = O & {
  run(thing: T, params: P, call: Call): unknown;
  /** It answers nothing, not even the common part. */
  readonly isSilent?: boolean;
};

/** The common part of a service's operations on one kind of thing. */
export interface VerbRules<T, O, P = never> {
  /** The kind of thing, such as `stream`: its name is in the call's trace record under this. */
  readonly noteAs?: string;
  /** The authorization requests. */
  authorize(operation: string, params: P, call: Call, verb: O): readonly AuthorizationRequest[];
  /** The thing named by the parameters. @throws AwsError when it does not exist, or cannot be used in its state. */
  require(params: P, call: Call, verb: O): T;
  /** Makes the answer from the common part and `result`, the operation's own part. */
  answer?(thing: T, result: unknown): unknown;
}

/**
 * Makes operations on one thing each, with common authorization, look-up and answer. `I`: `Inputs` of the service's
 * file in `local/wire/models/`.
 */
export function operationsOn<I, T, O = object>(
  rules: VerbRules<T, O>,
  verbs: { readonly [Name in keyof I]?: Verb<I[Name], T, O> },
): Readonly<Record<string, Operation>> {
  const { noteAs, authorize, require, answer } = rules as unknown as VerbRules<T, O, unknown>;
  const entries = Object.entries(verbs as Readonly<Record<string, Verb<unknown, T, O>>>);
  return Object.fromEntries(
    entries.map(([name, verb]): [string, Operation] => [
      name,
      {
        authorize: (params, call) => authorize(name, params, call, verb),
        async run(params, call) {
          const thing = require(params, call, verb);
          if (noteAs !== undefined) call.note({ [noteAs]: (thing as { readonly name: string }).name });
          const result = await verb.run(thing, params, call);
          if (verb.isSilent) return undefined;
          return answer ? answer(thing, result) : result;
        },
      },
    ]),
  );
}
