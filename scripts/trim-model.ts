/** A member of a structure, or the element, key or value of a list or a map. */
export interface PublishedMember {
  readonly shape: string;
  readonly [fact: string]: unknown;
}

/** A shape in botocore's format. */
export interface PublishedShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, PublishedMember>>;
  readonly member?: PublishedMember;
  readonly key?: PublishedMember;
  readonly value?: PublishedMember;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly exception?: boolean;
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number };
  readonly [fact: string]: unknown;
}

interface PublishedOperation {
  readonly http: { readonly method: string; readonly requestUri: string; readonly responseCode?: number };
  readonly input?: PublishedMember;
  readonly output?: PublishedMember & { readonly resultWrapper?: string };
  readonly errors?: readonly PublishedMember[];
}

/** botocore's `service-2.json`, only the members used here. */
export interface Published {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly operations: Readonly<Record<string, PublishedOperation>>;
  readonly shapes: Readonly<Record<string, PublishedShape>>;
}

/** The kept members of a service's metadata, of shapes, and of members. */
const METADATA = ["apiVersion", "jsonVersion", "protocols", "signingName", "targetPrefix", "xmlNamespace"];
const FACTS = ["flattened", "location", "locationName", "payload", "streaming", "timestampFormat", "xmlName"];
const CONSTRAINTS = ["enum", "max", "min", "pattern", "required", "sensitive"];

/**
 * Trims a model: without documentation, and only shapes that the wanted operations use. Outputs lose their
 * constraints; for JSON protocols outputs are dropped.
 */
export function trimmed(model: Published, wanted: "all" | readonly string[]) {
  const names = wanted === "all" ? Object.keys(model.operations) : wanted;
  const hasAnswers = !(model.metadata["protocols"] as readonly string[]).every((protocol) => protocol === "json");
  const inputs = new Set<string>();
  const outputs = new Set<string>();
  const thrown = new Set<string>();
  const operations = Object.fromEntries(
    [...names].sort().map((name) => {
      const operation = model.operations[name];
      if (!operation) throw new Error(`botocore's model has no operation ${name}`);
      const { http, input, output, errors = [] } = operation;
      if (input) reach(model, input.shape, inputs);
      if (output && hasAnswers) reach(model, output.shape, outputs);
      if (output?.resultWrapper !== undefined && output.resultWrapper !== `${name}Result`) {
        throw new Error(
          `The result of ${name} is in ${output.resultWrapper}: the query protocol here does not support that`,
        );
      }
      for (const error of errors) thrown.add(error.shape);
      const isRpc = http.requestUri === "/" && http.method === "POST";
      return [name, { http: isRpc ? undefined : http, input: input?.shape, output: output?.shape }];
    }),
  );
  return {
    metadata: pick(model.metadata, METADATA),
    operations,
    shapes: Object.fromEntries(
      Object.keys(model.shapes)
        .filter((name) => inputs.has(name) || outputs.has(name))
        .map((name) => [name, trimmedShape(model.shapes[name]!, inputs.has(name))]),
    ),
    errors: Object.fromEntries(
      [...thrown].sort().map((name) => {
        const { code = name, httpStatusCode = 400 } = model.shapes[name]?.error ?? {};
        return [name, { code, status: httpStatusCode }];
      }),
    ),
  };
}

function trimmedShape(shape: PublishedShape, isInput: boolean) {
  const kept: Record<string, unknown> = { type: shape.type, ...pick(shape, FACTS) };
  if (isInput) Object.assign(kept, pick(shape, CONSTRAINTS));
  for (const part of ["member", "key", "value"] as const) {
    const child = shape[part];
    if (child) kept[part] = pick(child, ["shape", ...FACTS]);
  }
  if (shape.members) {
    kept["members"] = Object.fromEntries(
      Object.entries(shape.members).map(([name, member]) => [name, pick(member, ["shape", ...FACTS])]),
    );
  }
  return kept;
}

/** Adds the names of all shapes that this one uses. */
function reach(model: Published, name: string, reached: Set<string>): void {
  if (reached.has(name)) return;
  reached.add(name);
  const { members = {}, member, key, value } = model.shapes[name] ?? { type: "" };
  for (const part of [...Object.values(members), member, key, value]) {
    if (part) reach(model, part.shape, reached);
  }
}

function pick(facts: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => facts[name] !== undefined).map((name) => [name, facts[name]]));
}
