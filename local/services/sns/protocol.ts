import type { WireProtocol } from "../../kernel/service.ts";
import { queryProtocol } from "../../wire/query.ts";

const query = queryProtocol({
  service: "sns",
  version: "2010-03-31",
  xmlNamespace: "http://sns.amazonaws.com/doc/2010-03-31/",
  timestamps: [],
});

/** AWS Query, with maps: `X.entry.1.Name` and `.Value` in requests, `<entry><key/><value/></entry>` in answers. Inside they are objects. */
export const snsProtocol: WireProtocol = {
  ...query,
  decode(request) {
    const { operation, params } = query.decode(request);
    return { operation, params: readMaps(params) };
  },
  encode: (operation, output, requestId, request) => query.encode(operation, withMaps(output), requestId, request),
};

/** `{ entry: { 1: { Name: "a", Value: … } } }` → `{ a: … }`, all the way down. */
function readMaps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readMaps);
  if (!isObject(value)) return value;
  const { entry } = value;
  if (Object.keys(value).length === 1 && isObject(entry)) {
    const entries = Object.values(entry) as { readonly Name?: string; readonly Value?: unknown }[];
    return Object.fromEntries(entries.map(({ Name = "", Value }) => [Name, readMaps(Value)]));
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, readMaps(member)]));
}

/** The only maps in answers are `Attributes`. */
function withMaps(output: unknown): unknown {
  if (!isObject(output) || !isObject(output["Attributes"])) return output;
  return { ...output, Attributes: new Map(Object.entries(output["Attributes"])) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
