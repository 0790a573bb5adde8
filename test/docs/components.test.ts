import { expect } from "chai";
import { serviceTrusts } from "../../components/iam/service-trust.ts";
import { componentDeclarations, defaultText, type Field, sharedSettings, typeText } from "./component-declarations.ts";
import { code, projectText, section, tableRows } from "./markdown-tables.ts";

const page = projectText("docs/components.md");
const components = [...componentDeclarations().values()];

/** Expects a table of args to have a row for each field: name, type, default, and some meaning. */
function expectRows(table: string, fields: readonly Field[], title: string): void {
  const rows = tableRows(table);
  expect(
    rows.map((row) => row.slice(0, 3)),
    title,
  ).to.deep.equal(fields.map((field) => [`\`${field.name}\``, `\`${typeText(field.type)}\``, defaultText(field)]));
  for (const [arg, , , meaning] of rows) expect(meaning, arg).to.match(/\w{3}/);
}

describe("docs/components.md", () => {
  it("has a section for every component, and no other", () => {
    const headings = [...page.matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
    expect([...headings].sort()).to.deep.equal(components.map(({ name }) => name).sort());
  });

  it("lists the settings that components share, with their types and defaults", () => {
    const shared = sharedSettings();
    const settings = section(page, "Settings that components share");
    const headings = [...settings.matchAll(/^### (\w+)$/gm)].map(([, each]) => each);
    expect([...headings].sort()).to.deep.equal([...shared.keys()].sort());
    for (const [each, fields] of shared) expectRows(section(settings, each), fields, each);
  });

  for (const component of components) {
    const { name } = component;

    it(`lists the args of ${name} with their types and defaults`, () => {
      const args = section(page, `Args of ${name}`);
      const interfaces = [...args.matchAll(/^#### (\w+)$/gm)].map(([, each]) => each);
      expect([...interfaces].sort()).to.deep.equal([...component.args.keys()].sort());
      for (const [each, fields] of component.args) {
        const table = section(args, each);
        expectRows(table, fields, each);
        for (const inherited of component.inherits.get(each) ?? []) expect(table).to.contain(`\`${inherited}\``);
      }
    });

    it(`lists the outputs and the children of ${name}`, () => {
      const outputs = tableRows(section(page, `Outputs of ${name}`)).map((row) => row.slice(0, 2));
      expect(outputs).to.deep.equal(
        component.outputs.map((field) => [`\`${field.name}\``, `\`${typeText(field.type)}\``]),
      );
      const children = section(page, `Children of ${name}`);
      const keys = (what: string) =>
        [...(new RegExp(`^\`${what}\`: (.*)\\.$`, "m").exec(children)?.[1] ?? "").matchAll(/`(\w+)`/g)].map(
          ([, key]) => key,
        );
      expect(keys("transform")).to.deep.equal(component.transforms);
      expect(keys("nodes")).to.deep.equal(component.nodes);
      expect(section(page, name)).to.contain(`\`${component.token}\``);
    });
  }

  it("lists every role that a service assumes, its condition and AWS's page, as the roles are made", () => {
    const [, table = ""] = page.split("\n| role | service | condition | AWS's page |");
    const rows = tableRows(table.slice(0, table.indexOf("\n\n")));
    const written = rows.map(([, service, condition, link]) => [
      code(service),
      code(condition) ?? condition,
      /\]\((.*)\)$/.exec(link ?? "")?.[1],
    ]);
    const made = Object.values(serviceTrusts).map(({ service, sendsSourceAccount, page: awsPage }) => [
      service,
      sendsSourceAccount ? "aws:SourceAccount" : "none",
      awsPage,
    ]);
    expect(written).to.deep.equal(made);
  });
});
