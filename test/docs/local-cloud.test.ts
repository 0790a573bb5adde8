import { expect } from "chai";
import { conditionKeys } from "../../local/accounts/condition-keys.ts";
import { Cloud } from "../../local/cloud.ts";
import { ClockMode } from "../../local/kernel/clock.ts";
import { helpText } from "../../local/run/options.ts";
import { projectText, section, tableRows } from "./markdown-tables.ts";

const { providerFunctions, resourceTypes } = new Cloud().registry;

const page = projectText("docs/local-cloud.md");

/** Everything that a text shows as code. */
function codes(text: string | undefined): string[] {
  return [...(text ?? "").matchAll(/`([^`\n]+)`/g)].map(([, each]) => each ?? "");
}

describe("docs/local-cloud.md", () => {
  it("lists the operations of every service, and no other", async () => {
    const cloud = new Cloud({ clockMode: ClockMode.Manual });
    const services = Object.values(cloud.services).map(({ name, operations }) => [
      name,
      Object.keys(operations).sort(),
    ]);
    await cloud.close();
    const listed = tableRows(section(page, "Operations")).map(([name, operations]) => [
      codes(name)[0],
      codes(operations),
    ]);
    expect(Object.fromEntries(listed)).to.deep.equal(Object.fromEntries(services));
  });

  it("lists every resource type and function of the provider, and no other", () => {
    const text = section(page, "Resource types");
    const listed = tableRows(text)
      .filter(([module]) => module?.startsWith("`aws."))
      .flatMap(([module, types]) => codes(types).map((type) => `${codes(module)[0]}.${type}`));
    const known = [...resourceTypes.keys()].map((token) => {
      const [, path = "", name] = token.split(":");
      return `aws.${path.split("/")[0]}.${name}`;
    });
    expect([...listed].sort()).to.deep.equal(known.sort());
    const functions = codes(/^Functions of the provider: (.*)$/m.exec(text)?.[1]);
    expect([...functions].sort()).to.deep.equal(
      [...providerFunctions.keys()].map((token) => token.split(":")[2]).sort(),
    );
  });

  it("lists the condition keys that a policy may use", () => {
    const listed = codes(section(page, "Accounts and IAM")).filter((each) => /^\w+(:[A-Za-z0-9/-]+)+$/.test(each));
    expect([...new Set(listed)].filter((each) => each !== "aws:allowedAccountIds").sort()).to.deep.equal(
      [...conditionKeys()].sort(),
    );
  });

  it("lists the options of the command line", () => {
    const options = (text: string) => [...text.matchAll(/^\s*(?:\| `)?(--[a-z-]+)/gm)].map(([, each]) => each);
    expect(options(section(page, "Starting it"))).to.deep.equal(options(helpText).sort(byPage));
    function byPage(a: string | undefined, b: string | undefined): number {
      return page.indexOf(`\`${a}`) - page.indexOf(`\`${b}`);
    }
  });
});
