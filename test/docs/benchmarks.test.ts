import { expect } from "chai";
import { Page, resultsMarkdown, withResults } from "../../bench/docs.ts";
import { readResults } from "../../bench/results.ts";
import { sections } from "../../bench/sections.ts";
import { projectFile, projectText } from "./markdown-tables.ts";

const recorded = readResults(projectFile("bench/results/latest.json"));

describe("the pages with benchmarks", () => {
  for (const page of Object.values(Page)) {
    it(`shows in ${page} what bench/results/latest.json has: npm run bench -- --docs writes it`, () => {
      const text = projectText(page);
      expect(withResults(text, resultsMarkdown(page, recorded)) === text).to.equal(true);
    });
  }

  it("has results of sections that exist, with machine, date, commit and command", () => {
    expect(recorded.length).to.be.greaterThan(0);
    const names = sections.map(({ name }) => name);
    for (const { name, machine, date, commit, command } of recorded) {
      expect(names).to.include(name);
      for (const text of [machine, date, commit, command]) expect(text, name).not.to.equal("");
      expect(resultsMarkdown(Page.All, recorded)).to.include(`by \`${command}\`, commit ${commit}, on ${machine}`);
    }
  });

  it("refuses a page that has no place for them", () => {
    expect(() => withResults("# A page\n", "results")).to.throw("has no part between");
  });
});
