import { readdirSync } from "node:fs";
import ts from "typescript";
import { projectFile, projectText } from "./markdown-tables.ts";

/** A field of an interface, or a public field of a class. */
export interface Field {
  readonly name: string;
  readonly isOptional: boolean;
  /** As it is written. */
  readonly type: string;
  /** The documentation comment, without its tags. */
  readonly text: string;
  /** What `@default` says. */
  readonly default?: string;
}

/** A component as its source declares it. */
export interface ComponentDeclaration {
  readonly name: string;
  /** Pulumi's type token. */
  readonly token: string;
  /** Args interfaces by name; the component's own and those that it is made of, but not what it inherits. */
  readonly args: ReadonlyMap<string, readonly Field[]>;
  /** Interfaces that an args interface takes over, by its name. */
  readonly inherits: ReadonlyMap<string, readonly string[]>;
  /** Outputs: public fields of the class, without `nodes`. */
  readonly outputs: readonly Field[];
  /** Keys of the `transform` option. */
  readonly transforms: readonly string[];
  /** Keys of `nodes`. */
  readonly nodes: readonly string[];
  /** The code of the class's `@example`; undefined without one. */
  readonly example: string | undefined;
}

let declarations: ReadonlyMap<string, ComponentDeclaration> | undefined;

/** Every component of `components/`, by name; read once in a process. */
export function componentDeclarations(): ReadonlyMap<string, ComponentDeclaration> {
  if (declarations !== undefined) return declarations;
  const folders = readdirSync(projectFile("components"), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const found = folders.flatMap(({ name }) => readFolder(`components/${name}`));
  declarations = new Map(found.map((component) => [component.name, component]));
  return declarations;
}

/** Fields of the args that several components take, by the interface's name: those beside the components' folders. */
export function sharedSettings(): ReadonlyMap<string, readonly Field[]> {
  const interfaces = publishedArgs(statementsOf("components").filter(ts.isInterfaceDeclaration));
  return new Map(interfaces.map((each) => [each.name.text, each.members.flatMap(readField)]));
}

/** Statements of the files that declare interfaces or classes; parsing takes most of the time, so others are left out. */
function statementsOf(folder: string): ts.Statement[] {
  const files = readdirSync(projectFile(folder)).filter((file) => file.endsWith(".ts"));
  return files.flatMap((file) => {
    const text = projectText(`${folder}/${file}`);
    if (!/^(export )?(interface|class) /m.test(text)) return [];
    return [...ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true).statements];
  });
}

function publishedArgs(interfaces: readonly ts.InterfaceDeclaration[]): ts.InterfaceDeclaration[] {
  return interfaces.filter(
    ({ name, modifiers }) =>
      modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) && /(Args|Reading|Settings)$/.test(name.text),
  );
}

function readFolder(folder: string): ComponentDeclaration[] {
  const statements = statementsOf(folder);
  const interfaces = new Map(
    statements.filter(ts.isInterfaceDeclaration).map((declaration) => [declaration.name.text, declaration]),
  );
  return statements
    .filter(ts.isClassDeclaration)
    .filter((declaration) => declaration.heritageClauses?.some((clause) => /ComponentResource/.test(clause.getText())))
    .map((declaration) => readComponent(declaration, interfaces));
}

function readComponent(
  declaration: ts.ClassDeclaration,
  interfaces: ReadonlyMap<string, ts.InterfaceDeclaration>,
): ComponentDeclaration {
  const name = declaration.name?.text ?? "";
  const argsInterfaces = publishedArgs([...interfaces.values()]);
  return {
    name,
    token: /super\(\s*"([^"]+)"/.exec(declaration.getText())?.[1] ?? "",
    args: new Map(argsInterfaces.map((each) => [each.name.text, each.members.flatMap(readField)])),
    inherits: new Map(
      argsInterfaces.map((each) => [
        each.name.text,
        (each.heritageClauses ?? []).flatMap((clause) => clause.types.map((type) => type.getText())),
      ]),
    ),
    outputs: declaration.members.flatMap(readField).filter((field) => field.name !== "nodes"),
    transforms: transformKeys(name, interfaces),
    nodes: interfaces.get(`${name}Nodes`)?.members.flatMap(nameOf) ?? [],
    example: exampleOf(declaration),
  };
}

function transformKeys(name: string, interfaces: ReadonlyMap<string, ts.InterfaceDeclaration>): readonly string[] {
  const named = interfaces.get(`${name}Transform`);
  if (named) return named.members.flatMap(nameOf);
  const option = interfaces.get(`${name}Options`)?.members.find((member) => nameOf(member)[0] === "transform");
  const type = option && ts.isPropertySignature(option) ? option.type : undefined;
  return type && ts.isTypeLiteralNode(type) ? type.members.flatMap(nameOf) : [];
}

function exampleOf(declaration: ts.ClassDeclaration): string | undefined {
  const tag = ts.getJSDocTags(declaration).find(({ tagName }) => tagName.text === "example");
  return /```ts\n([\s\S]*?)\n```/.exec(ts.getTextOfJSDocComment(tag?.comment) ?? "")?.[1];
}

function nameOf(member: ts.TypeElement | ts.ClassElement): string[] {
  return member.name && ts.isIdentifier(member.name) ? [member.name.text] : [];
}

function readField(member: ts.TypeElement | ts.ClassElement): Field[] {
  if (!ts.isPropertySignature(member) && !ts.isPropertyDeclaration(member)) return [];
  const [name] = nameOf(member);
  if (name === undefined) return [];
  const tags = ts.getJSDocTags(member);
  const defaultTag = tags.find((tag) => tag.tagName.text === "default");
  const comments = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
  const fallback = defaultTag && ts.getTextOfJSDocComment(defaultTag.comment);
  return [
    {
      name,
      isOptional: member.questionToken !== undefined,
      type: member.type?.getText() ?? "",
      text: comments.map((comment) => ts.getTextOfJSDocComment(comment.comment) ?? "").join(" "),
      ...(fallback === undefined ? {} : { default: fallback }),
    },
  ];
}

/** A type as the reference prints it: without Pulumi's namespace and `readonly`. */
export function typeText(type: string): string {
  return type.replace(/\bpulumi\.|\breadonly /g, "").replace(/\s+/g, " ");
}

/** A default as the reference prints it. */
export function defaultText(field: Field): string {
  if (!field.isOptional) return "required";
  return field.default ?? "none";
}
