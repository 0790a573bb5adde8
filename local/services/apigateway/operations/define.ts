import { partitionOf } from "../../../../aws/partitions.ts";
import type { AuthorizationRequest, Call, Operation } from "../../../kernel/service.ts";
import type { Inputs } from "../../../wire/models/apigateway.ts";
import { type PatchOperation, type PatchPaths, patched } from "../patch.ts";

/** Verbs of API Gateway's control plane: they are its IAM actions, on the paths that they are sent to. */
type Verb = "GET" | "PUT" | "POST" | "PATCH" | "DELETE";

/** One operation of the control plane. */
interface GatewayOperation<P> {
  readonly verb: Verb;
  /** Path that the operation is sent to, which is what IAM is asked about. */
  path(params: P): string;
  /** What IAM is asked beside. */
  also?(params: P): readonly AuthorizationRequest[];
  run(params: P, call: Call): unknown;
}

/** An operation that asks IAM for its verb on its path. */
export function gatewayOperation<P>({ verb, path, also, run }: GatewayOperation<P>): Operation<P> {
  return {
    authorize: (params, call) => [
      {
        action: `apigateway:${verb}`,
        resource: `arn:${partitionOf(call.region)}:apigateway:${call.region}::${path(params)}`,
      },
      ...(also?.(params) ?? []),
    ],
    run,
  };
}

/** The kinds of things that the model has a `Get…` for. */
type KindName = keyof Inputs extends infer Name ? (Name extends `Get${infer Kind}` ? Kind : never) : never;

/** What names a thing of a kind. */
type Named<N extends KindName> = Inputs[`Get${N}` & keyof Inputs];

/** One kind of thing of the control plane: `N` names it, `T` is one, `S` is what can be patched. */
interface Kind<N extends KindName, T, S> {
  /** Such as `Stage`: the operations are called after it. */
  readonly name: N;
  path(params: Named<N>): string;
  /** The one that is named, which must exist. */
  find(params: Named<N>, call: Call): T;
  describe(thing: T, params: Named<N>, call: Call): unknown;
  readonly patch?: Patch<N, T, S>;
  remove?(params: Named<N>, call: Call): void;
}

/** How a thing is patched: its settings, their paths, and what sets them. */
interface Patch<N extends KindName, T, S> {
  readonly paths: PatchPaths<S>;
  settings(thing: T): S;
  change(params: Named<N>, settings: S, call: Call): void;
  /** What IAM is asked about the new values. */
  also?(operations: readonly PatchOperation[]): readonly AuthorizationRequest[];
}

/** `GetX`, and where the kind has them `UpdateX` and `DeleteX`. */
export function operationsOf<N extends KindName, T, S>(kind: Kind<N, T, S>): Readonly<Record<string, Operation>> {
  const { patch, remove } = kind;
  const get = gatewayOperation<Named<N>>({
    verb: "GET",
    path: kind.path,
    run: (params, call) => kind.describe(kind.find(params, call), params, call),
  });
  return {
    [`Get${kind.name}`]: get,
    ...(patch && { [`Update${kind.name}`]: updateOf(kind, patch) }),
    ...(remove && {
      [`Delete${kind.name}`]: gatewayOperation<Named<N>>({ verb: "DELETE", path: kind.path, run: remove }),
    }),
  };
}

function updateOf<N extends KindName, T, S>(kind: Kind<N, T, S>, patch: Patch<N, T, S>): Operation {
  return gatewayOperation<Named<N>>({
    verb: "PATCH",
    path: kind.path,
    also: (params) => patch.also?.(patchesOf(params)) ?? [],
    run(params, call) {
      const settings = patch.settings(kind.find(params, call));
      patch.change(params, patched(`Update${kind.name}`, patch.paths, settings, patchesOf(params)), call);
      return kind.describe(kind.find(params, call), params, call);
    },
  });
}

/** What an `Update…` has beside what names the thing. */
function patchesOf(params: unknown): readonly PatchOperation[] {
  return (params as { readonly patchOperations?: readonly PatchOperation[] }).patchOperations ?? [];
}

/** Whether the caller may hand over the role that a patch of this path names. */
export function passRole(operations: readonly PatchOperation[], path: string): readonly AuthorizationRequest[] {
  return operations
    .filter((operation) => operation.path === path && operation.value)
    .map(({ value = "" }) => ({ action: "iam:PassRole", resource: value }));
}
