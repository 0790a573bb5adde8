import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import ts from "typescript";
import { type ComponentDeclaration, componentDeclarations, sharedSettings } from "../docs/component-declarations.ts";
import { projectText, section } from "../docs/markdown-tables.ts";
import { record } from "../support/mocks.ts";

const components = componentDeclarations();
const page = projectText("docs/components.md");
const handler = fileURLToPath(new URL("../fixtures/components/handler.ts", import.meta.url));
/** Examples import components from beside the stacks: as tests do, or the components would be loaded twice. */
const require = createRequire(new URL("../../stacks/example.ts", import.meta.url));

type Module = Readonly<Record<string, unknown>>;

/** An example as a program, its modules loaded; whatever path it resolves is that of a function's code. */
function programOf(code: string): () => Promise<void> {
  const modules = new Map<string, Module>([["node:path", { resolve: () => handler }]]);
  for (const [, specifier = ""] of code.matchAll(/(?:from|import\()\s*"([^"]+)"/g))
    if (!modules.has(specifier)) modules.set(specifier, require(specifier) as Module);
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
  });
  const run = new Function("require", "exports", outputText);
  return async () => {
    const exports: { default?: () => Promise<void> } = {};
    run((specifier: string) => modules.get(specifier), exports);
    await exports.default?.();
  };
}

/** What the members of each args interface are, by name: those that it takes over from others included. */
function membersOf(name: string): ReadonlyMap<string, string> {
  const all = [...components.values()];
  const fields = sharedSettings().get(name) ?? all.flatMap(({ args }) => args.get(name) ?? []);
  const inherited = all.flatMap(({ inherits }) => inherits.get(name) ?? []);
  return new Map([
    ...inherited.flatMap((each) => [...membersOf(each)]),
    ...fields.map((field) => [field.name, field.type] as const),
  ]);
}

/** Members of an object literal that the interface does not have, groups looked into. */
function unknownMembers(literal: ts.ObjectLiteralExpression, name: string): string[] {
  const members = membersOf(name);
  if (members.size === 0) return [];
  return literal.properties.flatMap((property) => {
    const member = property.name?.getText() ?? "";
    const type = members.get(member);
    if (type === undefined) return [`${name}.${member}`];
    return ts.isPropertyAssignment(property) && ts.isObjectLiteralExpression(property.initializer)
      ? unknownMembers(property.initializer, type)
      : [];
  });
}

/** Args in an example that no component has, by interface and name. */
function unknownArgs(code: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node)) {
      const args = node.arguments?.[1];
      if (args && ts.isObjectLiteralExpression(args))
        found.push(...unknownMembers(args, `${node.expression.getText()}Args`));
    }
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile("example.ts", code, ts.ScriptTarget.Latest, true));
  return found;
}

describe("the examples of components", () => {
  it("would be noticed with an argument that is not there, in a group too", () => {
    expect(unknownArgs('new PrivateBucket("a", { days: 1, versioning: true })')).to.deep.equal([
      "PrivateBucketArgs.days",
    ]);
    expect(unknownArgs('new TableArchive("a", { delivery: { buffer: 1, logs: { days: 2 } } })')).to.deep.equal([
      "DeliverySettings.buffer",
      "LogSettings.days",
    ]);
  });

  for (const [name, { example = "" }] of components as ReadonlyMap<string, ComponentDeclaration>)
    it(`${name}: its class and its section have the same one, which runs and names arguments that there are`, async () => {
      const [, shown] = /```ts\n([\s\S]*?)\n```/.exec(section(page, name)) ?? [];
      expect(example).to.equal(shown);
      expect(unknownArgs(example)).to.deep.equal([]);
      const run = await record(programOf(example));
      expect(run.registrations.some(({ type }) => type.endsWith(`:${name}`))).to.equal(true);
    });
});
