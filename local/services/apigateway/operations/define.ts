import { partitionOf } from "../../../../aws/partitions.ts";
import type { AuthorizationRequest, Call, Operation } from "../../../kernel/service.ts";
import type { Inputs } from "../../../wire/models/apigateway.ts";
import { type PatchOperation, type PatchPaths, patched } from "../patch.ts";

/** HTTP verbs of the control plane, which are also its IAM actions; the request's path is the resource. */
type Verb = "GET" | "PUT" | "POST" | "PATCH" | "DELETE";

/** One operation of the control plane. */
interface GatewayOperation<P> {
  readonly verb: Verb;
  /** Path of the request, and the resource in IAM's request. */
  path(params: P): string;
  /** Further requests to IAM. */
  also?(params: P): readonly AuthorizationRequest[];
  run(params: P, call: Call): unknown;
}

/** An operation that IAM authorizes by its verb and path. */
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

/** The kinds of resources for which the model has a `Get…`. */
type KindName = keyof Inputs extends infer Name ? (Name extends `Get${infer Kind}` ? Kind : never) : never;

/** The parameters that identify a resource of a kind. */
type Named<N extends KindName> = Inputs[`Get${N}` & keyof Inputs];

/** One kind of resource of the control plane: `N` is its name, `T` the resource, `S` its patchable settings. */
interface Kind<N extends KindName, T, S> {
  /** Such as `Stage`, from which the operations take their names. */
  readonly name: N;
  path(params: Named<N>): string;
  /** The resource that the parameters identify. Throws NotFoundException. */
  find(params: Named<N>, call: Call): T;
  describe(thing: T, params: Named<N>, call: Call): unknown;
  readonly patch?: Patch<N, T, S>;
  remove?(params: Named<N>, call: Call): void;
}

/** The patch of a resource: its settings, their paths, and the change. */
interface Patch<N extends KindName, T, S> {
  readonly paths: PatchPaths<S>;
  settings(thing: T): S;
  change(params: Named<N>, settings: S, call: Call): void;
  /** Further requests to IAM, about the new values. */
  also?(operations: readonly PatchOperation[]): readonly AuthorizationRequest[];
}

/** `GetX`, with `UpdateX` and `DeleteX` for kinds that have them. */
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

/** The patch operations among the parameters of an `Update…`. */
function patchesOf(params: unknown): readonly PatchOperation[] {
  return (params as { readonly patchOperations?: readonly PatchOperation[] }).patchOperations ?? [];
}

/** Authorization to pass the role that a patch of this path sets. */
export function passRole(operations: readonly PatchOperation[], path: string): readonly AuthorizationRequest[] {
  return operations
    .filter((operation) => operation.path === path && operation.value)
    .map(({ value = "" }) => ({ action: "iam:PassRole", resource: value }));
}
