import { expect } from "chai";
import { z } from "zod";
import { metaOf } from "../../config/keys.ts";
import { commonKeys, pocKeys, prodKeys } from "../../config/stack-keys.ts";
import { type KeyChange, pocChanges, prodChanges } from "../stacks/key-changes.ts";
import { code, projectText, section, tableRows } from "./markdown-tables.ts";

const page = projectText("docs/configuration.md");

const tables: readonly (readonly [heading: string, keys: Readonly<Record<string, z.ZodType>>])[] = [
  ["Both stacks", commonKeys],
  ["Production stack", prodKeys],
  ["POC stack", pocKeys],
];

/** A key's row as the page must have it, without the meaning. */
function expectedRow(name: string, schema: z.ZodType): string[] {
  return [`\`${name}\``, metaOf(schema).allowed, defaultOf(schema)];
}

function defaultOf(schema: z.ZodType): string {
  if (schema instanceof z.ZodOptional) return "none";
  if (!(schema instanceof z.ZodDefault)) return "required";
  const value: unknown = schema.def.defaultValue;
  return `\`${typeof value === "object" ? JSON.stringify(value) : String(value)}\``;
}

describe("docs/configuration.md", () => {
  for (const [heading, keys] of tables) {
    it(`lists every key under "${heading}", and no other, with what is allowed and the default`, () => {
      const rows = tableRows(section(page, heading));
      expect(rows.map((row) => row.slice(0, 3))).to.deep.equal(
        Object.entries(keys).map(([name, schema]) => expectedRow(name, schema)),
      );
    });

    it(`says what each key under "${heading}" means`, () => {
      for (const [name, , , meaning] of tableRows(section(page, heading))) expect(meaning, name).to.match(/\w{3}/);
    });
  }

  it("says of every key, for its stack, whether it can be changed later, and what that does", () => {
    const ownAccount: Readonly<Record<string, string>> = { prodAccountId: "prod", pocAccountId: "poc" };
    const said = tableRows(section(page, "Changing a key later")).flatMap(([keys = "", stack = "", verdict, does]) => {
      expect(does, keys).to.match(/\w{2}/);
      return keys.split(", ").flatMap((key) => {
        const name = code(key);
        const where = stack === "both" ? ["prod", "poc"] : [stack === "its own" ? ownAccount[name ?? ""] : code(stack)];
        return where.map((each) => `${each} ${name}: ${verdict}`);
      });
    });
    const verdicts = (stack: string, changes: Readonly<Record<string, readonly KeyChange[]>>) =>
      Object.entries(changes).flatMap(([name, list]) =>
        [...new Set(list.map(({ verdict }) => verdict))].map((verdict) => `${stack} ${name}: ${verdict}`),
      );
    const tried = [...verdicts("prod", prodChanges), ...verdicts("poc", pocChanges)];
    expect(
      said.filter((each) => !tried.includes(each)),
      "on the page, and not in test/stacks/key-changes.ts",
    ).to.deep.equal([]);
    expect(
      tried.filter((each) => !said.includes(each)),
      "in test/stacks/key-changes.ts, and not on the page",
    ).to.deep.equal([]);
    expect(new Set(said).size, "each once").to.equal(said.length);
  });

  it("names no key that the program does not have", () => {
    const known = new Set(["account", ...tables.flatMap(([, keys]) => Object.keys(keys))]);
    const named = [...page.matchAll(/\btributary:([A-Za-z]\w*)/g)].map(([, name]) => name);
    expect(named.filter((name) => !known.has(name ?? ""))).to.deep.equal([]);
    expect(named).to.include("account");
  });

  it("shows the seed design's values in a form that the keys accept", () => {
    const keys: Readonly<Record<string, z.ZodType>> = { ...prodKeys, ...pocKeys };
    const commands = [...section(page, "The values of the seed design").matchAll(/config set tributary:(\w+) (\S+)/g)];
    expect(commands.length).to.equal(9);
    for (const [command, name = "", value] of commands)
      expect(keys[name]?.safeParse(value).success, command).to.equal(true);
    const rows = tableRows(section(page, "The values of the seed design")).map((row) => code(row[1]?.split(" ")[0]));
    expect(rows).to.include("replicatorBatchSize");
  });

  it("shows the mistake's message as the program prints it", () => {
    const { allowed } = metaOf(prodKeys.replicatorBatchSize);
    expect(page).to.contain(
      `- tributary:replicatorBatchSize is "0"; allowed is ${allowed}. Type: pulumi config set tributary:replicatorBatchSize 100 --stack prod`,
    );
  });
});
