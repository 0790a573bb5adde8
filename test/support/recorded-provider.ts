import { failureMessage } from "../../local/kernel/errors.ts";
import { assetsAsHashes } from "../../local/resource-types/assets.ts";
import type { Provider } from "../../local/resource-types/provider.ts";
import { isRecord, withoutUndefined } from "../../local/resource-types/wire-values.ts";

/** One call of a provider, and its result. */
export interface RecordedCall {
  readonly method: string;
  readonly request: unknown;
  answer?: unknown;
  error?: string;
}

/** Wraps a provider and records each call at its start. */
export function recorded(provider: Provider, calls: RecordedCall[]): Provider {
  return new Proxy(provider, {
    get(target, name: keyof Provider) {
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== "function") return method;
      return async (request: unknown) => {
        const call: RecordedCall = { method: name, request: structuredClone(request) };
        calls.push(call);
        try {
          const answer: unknown = await method.call(target, request);
          call.answer = structuredClone(answer);
          return answer;
        } catch (error) {
          call.error = failureMessage(error);
          throw error;
        }
      };
    },
  });
}

/**
 * Calls in canonical form and order, so that both ends of a connection can be compared: omitted values equal empty
 * ones, and known assets are sent by their hash alone.
 */
export function comparable(calls: readonly RecordedCall[]): RecordedCall[] {
  return calls
    .map(({ method, request, answer, error }) => {
      const sent = withoutUndefined(request) as Record<string, unknown>;
      const isNew = method === "check" || method === "create";
      const told = Object.entries(sent).filter(([name, value]) => !isNothing(value) && !isAddress(name, method));
      return {
        method,
        request: Object.fromEntries(told.map(([name, value]) => [name, isNew ? value : assetsAsHashes(value)])),
        answer: withoutUndefined(answer),
        ...(error === undefined ? {} : { error }),
      };
    })
    .sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
}

/** Members of `configure`'s message that providers do not get. */
function isAddress(name: string, method: string): boolean {
  return method === "configure" && name !== "args";
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === false || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0;
}
