import { existsSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect } from "chai";
import { helpText } from "../../local/run/options.ts";
import { projectFile, projectText } from "./markdown-tables.ts";

/** Folders that hold no pages of ours. */
const foreign = /^(node_modules|coverage|\.\w+)$/;

/** The project's Markdown files. */
const pages = pagesIn("");

function pagesIn(folder: string): string[] {
  return readdirSync(projectFile(folder || "."), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return foreign.test(entry.name) ? [] : pagesIn(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

/** A page without its code blocks, in which nothing is a link. */
function prose(path: string): string {
  return projectText(path).replace(/^ *```[\s\S]*?^ *```$/gm, "");
}

/** Anchors of a page's headings, as GitHub makes them. */
function anchors(path: string): Set<string> {
  return new Set(
    [...prose(path).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

describe("the documentation", () => {
  for (const page of pages) {
    it(`has no relative link in ${page} that leads nowhere`, () => {
      const broken = [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = ""]) => {
        if (/^[a-z]+:/.test(link)) return [];
        const [path = "", anchor] = link.split("#");
        const target = path === "" ? page : normalize(join(dirname(page), path));
        if (!existsSync(projectFile(target))) return [link];
        return anchor === undefined || anchors(target).has(anchor) ? [] : [link];
      });
      expect(broken).to.deep.equal([]);
    });
  }

  it("is found by whoever reads the README", () => {
    const linked = new Set([...prose("README.md").matchAll(/\]\(([^)#\s]+)/g)].map(([, link]) => link));
    const missing = pages.filter((page) => page.startsWith("docs/") && !linked.has(page));
    expect(missing).to.deep.equal([]);
  });

  it("names only scripts that package.json has", () => {
    const { scripts } = JSON.parse(projectText("package.json")) as { scripts: Record<string, string> };
    const named = pages.flatMap((page) =>
      [...projectText(page).matchAll(/\bnpm (?:run )?(start|test|(?<=run )[a-z][\w:-]*)/g)].map(
        ([, name = ""]) => name,
      ),
    );
    expect(new Set(named)).to.include.keys("start", "test", "local");
    expect([...new Set(named)].filter((name) => !(name in scripts))).to.deep.equal([]);
  });

  it("names only options of npm start that there are", () => {
    const options = new Set([...helpText.matchAll(/--[a-z-]+/g)].map(([option]) => option));
    const named = pages.flatMap((page) =>
      [...projectText(page).matchAll(/npm (?:start|run local) -- ([^\n`#]*)/g)].flatMap(([, rest = ""]) => [
        ...rest.matchAll(/--[a-z-]+/g),
      ]),
    );
    const unknown = named.map(([option]) => option).filter((option) => !options.has(option));
    expect(named.length).to.be.greaterThan(3);
    expect(unknown).to.deep.equal([]);
  });

  it("stays below 350 lines in the README", () => {
    expect(projectText("README.md").split("\n").length).to.be.at.most(350);
  });
});
