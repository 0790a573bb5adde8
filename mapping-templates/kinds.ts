/** The static type of a value: `missing` when it may be missing at run time. */
export type Kind = "missing" | "boolean" | "number" | "string" | "map" | "other" | { readonly listOf: Kind };

/** Return types of methods; an unlisted method may return nothing. */
type Methods = Readonly<Record<string, Kind>>;

const anyMethods: Methods = { ["toString"]: "string" as Kind, equals: "boolean" };

const stringMethods: Methods = {
  ...anyMethods,
  length: "number",
  indexOf: "number",
  lastIndexOf: "number",
  isEmpty: "boolean",
  contains: "boolean",
  startsWith: "boolean",
  endsWith: "boolean",
  equalsIgnoreCase: "boolean",
  matches: "boolean",
  trim: "string",
  toLowerCase: "string",
  toUpperCase: "string",
  concat: "string",
  replace: "string",
  replaceAll: "string",
  replaceFirst: "string",
  split: { listOf: "string" },
};

const listMethods: Methods = {
  ...anyMethods,
  size: "number",
  indexOf: "number",
  isEmpty: "boolean",
  contains: "boolean",
};

const mapMethods: Methods = {
  ...anyMethods,
  size: "number",
  isEmpty: "boolean",
  containsKey: "boolean",
  keySet: { listOf: "string" },
  values: { listOf: "missing" },
  entrySet: { listOf: "other" },
};

/** Return type of a method of a value of this kind. */
export function kindOfCall(kind: Kind, method: string): Kind {
  if (kind === "missing") return "missing";
  const methods =
    kind === "string"
      ? stringMethods
      : kind === "map"
        ? mapMethods
        : typeof kind === "object"
          ? listMethods
          : anyMethods;
  return (Object.hasOwn(methods, method) ? methods[method] : undefined) ?? "missing";
}

/** Common kind of two values: missing if one of them may be missing. */
export function eitherKind(left: Kind, right: Kind): Kind {
  if (left === "missing" || right === "missing") return "missing";
  if (typeof left === "object" && typeof right === "object") return { listOf: eitherKind(left.listOf, right.listOf) };
  return left === right ? left : "other";
}

/** Members of `$context` that every request has. */
const contextMembers: Readonly<Record<string, Kind>> = {
  accountId: "string",
  apiId: "string",
  domainName: "string",
  extendedRequestId: "string",
  httpMethod: "string",
  identity: "map",
  path: "string",
  protocol: "string",
  requestId: "string",
  requestTime: "string",
  requestTimeEpoch: "number",
  resourceId: "string",
  resourcePath: "string",
  stage: "string",
};

const loopMembers: Readonly<Record<string, Kind>> = {
  index: "number",
  count: "number",
  hasNext: "boolean",
  first: "boolean",
  last: "boolean",
};

function member(members: Readonly<Record<string, Kind>>, name: string): Kind {
  return (Object.hasOwn(members, name) ? members[name] : undefined) ?? "missing";
}

/** Kind of `$name.property` for API Gateway's and Velocity's own objects; undefined for a variable of the template. */
export function kindOfOwnProperty(name: string, property: string): Kind | undefined {
  if (name === "context") return member(contextMembers, property);
  if (name === "foreach") return member(loopMembers, property);
  if (name === "input") return property === "body" ? "string" : "missing";
  return name === "util" || name === "stageVariables" ? "missing" : undefined;
}

/**
 * Return type of `$name.method(…)` for API Gateway's own objects; undefined for a variable of the template.
 * @param args kinds of the arguments.
 */
export function kindOfOwnCall(name: string, method: string, args: readonly Kind[]): Kind | undefined {
  if (name === "input") {
    // JSON text; `""` for a missing value.
    if (method === "json") return "string";
    return method === "params" && args.length === 0 ? "map" : "missing";
  }
  if (name === "util") return method === "parseJson" || args.includes("missing") ? "missing" : "string";
  return undefined;
}
