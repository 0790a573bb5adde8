import type { PublishedShape, trimmed } from "./trim-model.ts";

type Trimmed = ReturnType<typeof trimmed>;

/** TypeScript types of parameters in JSON: blobs are base64, times are epoch seconds. */
const PRIMITIVES: Readonly<Record<string, string>> = {
  blob: "string",
  boolean: "boolean",
  double: "number",
  float: "number",
  integer: "number",
  long: "number",
  string: "string",
  timestamp: "number",
};

/**
 * Prints the TypeScript input types of a service: a type alias per structure (not an interface, which is not
 * assignable to a record), and an interface with the operations' names.
 */
export function inputTypes(service: string, model: Trimmed): string {
  const shapes = model.shapes as unknown as Readonly<Record<string, PublishedShape>>;
  const reached = new Set<string>();
  const print = (name: string): string => {
    const shape = shapes[name]!;
    if (shape.type === "structure") {
      if (!reached.has(name)) {
        reached.add(name);
        for (const member of Object.values(shape.members ?? {})) print(member.shape);
      }
      return name;
    }
    if (shape.type === "list") return `readonly ${inList(print(shape.member!.shape))}[]`;
    if (shape.type === "map") return `{ readonly [key: string]: ${print(shape.value!.shape)} }`;
    if (shape.enum) return shape.enum.map((value) => JSON.stringify(value)).join(" | ");
    const primitive = PRIMITIVES[shape.type];
    if (primitive === undefined) throw new Error(`${service}: no type for ${name}, a ${shape.type}`);
    return primitive;
  };
  const operations = Object.entries(model.operations).map(
    ([name, { input }]) => `  readonly ${name}: ${input === undefined ? "object" : print(input)};`,
  );
  const interfaces = [...reached].sort().map((name) => {
    const { members = {}, required = [] } = shapes[name]!;
    const lines = Object.entries(members).map(
      ([member, { shape }]) =>
        `  readonly ${/^\w+$/.test(member) ? member : JSON.stringify(member)}${required.includes(member) ? "" : "?"}: ${print(shape)};`,
    );
    return `export type ${name} = {\n${lines.join("\n")}\n};`;
  });
  const all = `/** What each operation takes, by its name. */\nexport interface Inputs {\n${operations.join("\n")}\n}`;
  return `${[all, ...interfaces].join("\n\n")}\n`;
}

const inList = (type: string) => (/[ |]/.test(type) ? `(${type})` : type);
