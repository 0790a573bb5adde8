import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { loadConfig, packageConfig } from "../../../local/engine/config.ts";
import { readProject } from "../../../local/engine/project.ts";

describe("a project's configuration", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "project-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** Writes the project, and a stack file unless the stack has none; then loads it. */
  function load(config: string, stack: string | undefined, overrides?: Record<string, string>) {
    writeFileSync(join(directory, "Pulumi.yaml"), `name: shop\nruntime: nodejs\nconfig:\n${indent(config)}\n`);
    if (stack !== undefined) writeFileSync(join(directory, "Pulumi.dev.yaml"), `config:\n${indent(stack)}\n`);
    return loadConfig(readProject(directory), "dev", overrides);
  }

  const values = (...args: Parameters<typeof load>) => Object.fromEntries(load(...args).values);

  it("merges overrides, the stack's file and the project's defaults, in this order; lists and objects as JSON", () => {
    const declared = `
aws:region: us-east-1
aws:maxRetries: { value: 3 }
color: red
size: { type: integer, default: 2 }
owners: { type: array, items: { type: string }, default: [a, b] }
limits: { type: object, default: { cpu: 1 } }
name: { type: string, default: "unnamed" }`;
    const stack = `
aws:region: eu-west-1
aws:allowedAccountIds: [222222222222]
shop:size: 5
shop:name: from-the-file
shop:undeclared: true`;
    expect(values(declared, stack, { name: "now", "shop:owners": '["c"]' })).to.deep.equal({
      "aws:region": "eu-west-1",
      "aws:maxRetries": "3",
      "aws:allowedAccountIds": "[222222222222]",
      "shop:color": "red",
      "shop:size": "5",
      "shop:owners": '["c"]',
      "shop:limits": '{"cpu":1}',
      "shop:name": "now",
      "shop:undeclared": "true",
    });
    expect(packageConfig(load(declared, stack), "aws")).to.deep.equal({
      region: "eu-west-1",
      maxRetries: "3",
      allowedAccountIds: "[222222222222]",
    });
  });

  it("must have a value for each key that the project declares without a default", () => {
    expect(() => load("one: { type: string }", "shop:other: 1")).to.throw(
      "Stack 'dev' is missing configuration value 'one'",
    );
    const three = "one: { type: string }\ntwo: { type: string }\nthree: { type: string }";
    expect(() => load(three, "shop:other: 1")).to.throw(
      "Stack 'dev' is missing configuration values 'one', 'three' and 'two'",
    );
  });

  it("must have the declared types, and all mistakes are reported", () => {
    const declared = `
size: { type: integer, default: 1 }
isOn: { type: boolean, default: true }
owners: { type: array, items: { type: integer }, default: [] }
limits: { type: object, default: {} }`;
    const stack = 'shop:size: many\nshop:isOn: "yes"\nshop:owners: [a]\nshop:limits: [1]';
    expect(() => load(declared, stack)).to.throw(
      [
        "Stack 'dev' with configuration key 'isOn' must be of type 'boolean'",
        "Stack 'dev' with configuration key 'limits' must be of type 'object'",
        "Stack 'dev' with configuration key 'owners' must be of type 'array<integer>'",
        "Stack 'dev' with configuration key 'size' must be of type 'integer'",
      ].join("\n"),
    );
    expect(values(declared, 'shop:size: "7"\nshop:isOn: "false"', { limits: '{"cpu":2}' })).to.include({
      "shop:size": "7",
      "shop:isOn": "false",
      "shop:limits": '{"cpu":2}',
    });
  });

  it("cannot be encrypted, unless a plain value overrides it, which stays a secret", () => {
    expect(() => load("{}", "shop:key: { secure: v1:abc }")).to.throw(
      "Stack 'dev' has an encrypted value for configuration key 'shop:key', which the local cloud cannot read; give it a plain " +
        "one: pulumi config set --plaintext shop:key <value> --stack dev",
    );
    const { values: read, secretKeys } = load("{}", "shop:key: { secure: v1:abc }", { key: "plain" });
    expect([...read]).to.deep.equal([["shop:key", "plain"]]);
    expect(secretKeys).to.deep.equal(["shop:key"]);
    expect(() => load("key: { type: string, secret: true }", "shop:key: plain")).to.throw(
      "Stack 'dev' with configuration key 'key' must be encrypted as it's secret",
    );
  });

  it("may be declared only as Pulumi allows it", () => {
    const mistakes = {
      "aws:region: { type: string }":
        "Configuration key 'aws:region' is not namespaced by the project and should not define a type",
      "aws:region: { default: us-east-1 }":
        "Configuration key 'aws:region' is not namespaced by the project and should not define a default value. Did you mean to use " +
        "the 'value' attribute instead of 'default'?",
      "size: { type: integer, default: many }":
        "The default value specified for configuration key 'size' is not of the expected type 'integer'",
      "owners: { type: array, default: [] }":
        "The configuration key 'owners' declares an array but does not specify the underlying type via the 'items' attribute",
      "size: { default: 1, value: 2 }": "project config 'size' cannot have both a 'default' and 'value' attribute",
    };
    for (const [declared, message] of Object.entries(mistakes)) expect(() => load(declared, "{}")).to.throw(message);
  });
});

describe("a project file", () => {
  it("defines the program's path and Node.js's arguments, which are split as by a shell", () => {
    const directory = mkdtempSync(join(tmpdir(), "project-"));
    const nodeargs = `--import tsx/esm --import "./with space.mjs"`;
    const runtime = `  name: nodejs\n  options:\n    typescript: false\n    nodeargs: '${nodeargs}'`;
    writeFileSync(join(directory, "Pulumi.yaml"), `name: shop\nruntime:\n${runtime}\nmain: infra.js\n`);
    writeFileSync(join(directory, "infra.js"), "");
    const project = readProject(directory);
    rmSync(directory, { recursive: true });
    expect(project.nodeArgs).to.deep.equal(["--import", "tsx/esm", "--import", "./with space.mjs"]);
    expect(project).to.include({ workingDirectory: directory, entryPoint: "infra.js", isTypescript: false });
  });
});

function indent(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}
