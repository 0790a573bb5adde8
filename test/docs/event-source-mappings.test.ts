import { existsSync, readdirSync } from "node:fs";
import { expect } from "chai";
import { mappingDefaults, mappingLimits } from "../../components/defaults/lambda.ts";
import { projectFile, projectText, section, tableRows } from "./markdown-tables.ts";

const MAPPING_TESTS = "test/local/services/lambda/mappings";
const page = projectText("docs/event-source-mappings.md");

/** Titles of a test file's tests. */
function titlesOf(path: string): Set<string> {
  const literals = projectText(path).matchAll(/\bit\(\s*("(?:[^"\\\n]|\\.)*")/g);
  return new Set([...literals].map(([, literal = '""']) => JSON.parse(literal) as string));
}

/** What is wrong with a cell that names tests; empty when each of them is there. */
function problemsOf(cell: string): string[] {
  return cell.split("<br>").flatMap((reference) => {
    const [, path = "", title = ""] = /^`([\w./-]+)` (.+)$/.exec(reference) ?? [];
    if (path === "") return [`names no test: ${reference}`];
    if (!existsSync(projectFile(`test/${path}`))) return [`no such file: ${path}`];
    return titlesOf(`test/${path}`).has(title) ? [] : [`no such test in ${path}: ${title}`];
  });
}

describe("docs/event-source-mappings.md", () => {
  const rules = tableRows(section(page, "The rules"));

  it("names for each rule its source and tests that there are", () => {
    expect(rules.length).to.be.greaterThan(50);
    const problems = rules.flatMap(([rule = "", source = "", tests = "", ...more]) => [
      ...(rule === "" || source === "" || more.length > 0 ? [`a row is not of three cells: ${rule}`] : []),
      ...problemsOf(tests),
    ]);
    expect(problems).to.deep.equal([]);
  });

  it("would notice a test that is renamed, a file that is gone, and a row without a test", () => {
    const [, , known = ""] = rules[0] ?? [];
    expect(problemsOf(known)).to.deep.equal([]);
    expect(problemsOf(`${known} no more`)).to.have.length(1);
    expect(problemsOf(known.replace(".test.ts", "-gone.test.ts"))[0]).to.include("no such file");
    expect(problemsOf("shown elsewhere")).to.deep.equal(["names no test: shown elsewhere"]);
  });

  it("names tests of every file of event source mappings", () => {
    const named = new Set(rules.flatMap(([, , tests = ""]) => tests.split("<br>").map((each) => each.split(" ")[0])));
    const files = readdirSync(projectFile(MAPPING_TESTS)).filter((file) => file.endsWith(".test.ts"));
    expect(files.length).to.be.greaterThan(5);
    for (const file of files) expect(named).to.include(`\`${MAPPING_TESTS.replace("test/", "")}/${file}\``);
  });

  it("has the values that the replicator's mapping has", () => {
    const values = Object.fromEntries(
      tableRows(section(page, "The replicator's mapping")).map(([name = "", value = ""]) => [
        name.replaceAll("`", ""),
        value,
      ]),
    );
    const first = (name: string) => /`([^`]+)`/.exec(values[name] ?? "")?.[1];
    expect(first("startingPosition")).to.equal(mappingDefaults.startingPosition);
    expect(first("functionResponseTypes")).to.equal(mappingDefaults.functionResponseTypes.join());
    expect(first("bisectBatchOnFunctionError")).to.equal(String(mappingDefaults.bisectBatchOnFunctionError));
    expect(first("maximumRetryAttempts")).to.equal(String(mappingDefaults.maximumRetryAttempts));
    expect(first("maximumRecordAgeInSeconds")).to.equal(String(mappingLimits.recordAgeSeconds.max));
    const committed = (name: string) =>
      new RegExp(`tributary:${name}: (\\S+)`).exec(projectText("Pulumi.prod.yaml"))?.[1];
    expect(first("batchSize")).to.equal(committed("replicatorBatchSize"));
    expect(values["batchSize"]).to.include(`\`${mappingDefaults.batchSize}\` without it`);
    const ofConfig = (name: string) =>
      tableRows(projectText("docs/configuration.md")).find(([key]) => key === `\`${name}\``)?.[2];
    expect(values["maximumBatchingWindowInSeconds"]).to.equal(ofConfig("replicatorBatchWindowSeconds"));
    expect(values["parallelizationFactor"]).to.equal(ofConfig("replicatorParallelization"));
    expect(values["maximumRecordAgeInSeconds"]).to.include(
      `\`${Number(ofConfig("streamRetentionHours")?.replaceAll("`", "")) * 3_600 * 0.8}\``,
    );
  });
});
