import type { z } from "zod";
import { partitionOf } from "../../../../aws/partitions.ts";
import { type AuthorizationRequest, type Call, defineOperation, type Operation } from "../../../kernel/service.ts";
import { type PatchOperation, type PatchPaths, patched, patchOperations } from "../patch.ts";

/** Verbs of API Gateway's control plane: they are its IAM actions, on the paths that they are sent to. */
type Verb = "GET" | "PUT" | "POST" | "PATCH" | "DELETE";

/** One operation of the control plane. */
interface GatewayOperation<P> {
  readonly verb: Verb;
  /** Path that the operation is sent to, which is what IAM is asked about. */
  path(params: P): string;
  readonly input: z.ZodType<P>;
  /** What IAM is asked beside. */
  also?(params: P): readonly AuthorizationRequest[];
  run(params: P, call: Call): unknown;
}

/** An operation that asks IAM for its verb on its path. */
export function gatewayOperation<P>({ verb, path, input, also, run }: GatewayOperation<P>): Operation {
  return defineOperation<P, unknown>({
    input,
    authorize: (params, call) => [
      {
        action: `apigateway:${verb}`,
        resource: `arn:${partitionOf(call.region)}:apigateway:${call.region}::${path(params)}`,
      },
      ...(also?.(params) ?? []),
    ],
    run,
  });
}

/** One kind of thing of the control plane: `I` names one, `T` is one, `S` is what can be patched. */
interface Kind<I extends z.ZodObject, T, S> {
  /** Such as `Stage`: the operations are called after it. */
  readonly name: string;
  readonly input: I;
  path(params: z.output<I>): string;
  /** The one that is named, which must exist. */
  find(params: z.output<I>, call: Call): T;
  describe(thing: T, params: z.output<I>, call: Call): unknown;
  readonly patch?: Patch<I, T, S>;
  remove?(params: z.output<I>, call: Call): void;
}

/** How a thing is patched: its settings, their paths, and what sets them. */
interface Patch<I extends z.ZodObject, T, S> {
  readonly paths: PatchPaths<S>;
  settings(thing: T): S;
  change(params: z.output<I>, settings: S, call: Call): void;
  /** What IAM is asked about the new values. */
  also?(operations: readonly PatchOperation[]): readonly AuthorizationRequest[];
}

/** `GetX`, and where the kind has them `UpdateX` and `DeleteX`. */
export function operationsOf<I extends z.ZodObject, T, S>(kind: Kind<I, T, S>): Readonly<Record<string, Operation>> {
  const input = kind.input as unknown as z.ZodType<z.output<I>>;
  const { patch, remove } = kind;
  const get = gatewayOperation({
    verb: "GET",
    path: kind.path,
    input,
    run: (params, call) => kind.describe(kind.find(params, call), params, call),
  });
  return {
    [`Get${kind.name}`]: get,
    ...(patch && { [`Update${kind.name}`]: updateOf(kind, patch) }),
    ...(remove && {
      [`Delete${kind.name}`]: gatewayOperation({ verb: "DELETE", path: kind.path, input, run: remove }),
    }),
  };
}

function updateOf<I extends z.ZodObject, T, S>(kind: Kind<I, T, S>, patch: Patch<I, T, S>): Operation {
  type Params = z.output<I> & { patchOperations: readonly PatchOperation[] };
  return gatewayOperation<Params>({
    verb: "PATCH",
    path: kind.path,
    input: kind.input.extend({ patchOperations }) as unknown as z.ZodType<Params>,
    also: (params) => patch.also?.(params.patchOperations) ?? [],
    run(params, call) {
      const settings = patch.settings(kind.find(params, call));
      patch.change(params, patched(`Update${kind.name}`, patch.paths, settings, params.patchOperations), call);
      return kind.describe(kind.find(params, call), params, call);
    },
  });
}

/** Whether the caller may hand over the role that a patch of this path names. */
export function passRole(operations: readonly PatchOperation[], path: string): readonly AuthorizationRequest[] {
  return operations
    .filter((operation) => operation.path === path && operation.value)
    .map(({ value = "" }) => ({ action: "iam:PassRole", resource: value }));
}
