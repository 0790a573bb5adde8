import { readdirSync } from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import { projectFile, projectText } from "../docs/markdown-tables.ts";

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { uses?: string; with?: Readonly<Record<string, unknown>> }[] }>
  >;
}

interface LockedPackage {
  readonly license?: string;
  readonly dev?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
}

const workflows = readdirSync(projectFile(".github/workflows")).map((file) => {
  const text = projectText(`.github/workflows/${file}`);
  return { file, text, workflow: parse(text) as Workflow };
});

/** Licences of packages that may be installed with the project, as their package.json writes them. Each is compatible with Apache-2.0. */
const ALLOWED_LICENCES = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "(BSD-3-Clause AND Apache-2.0)",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "MIT OR Apache-2.0",
]);

/** Packages whose licence stands elsewhere, or is allowed for them alone: what was read, and why it may be. */
const READ_BY_HAND: Readonly<Record<string, string>> = {
  "@logdna/tail-file@2.2.0": "its LICENSE is the MIT licence",
  "spdx-exceptions@2.5.0": "CC-BY-3.0: a list of names, attributed in its package; no code",
  "argparse@2.0.1": "Python-2.0, permissive",
};

/** Licences that a tool of development may have, which is not shipped. */
const ALLOWED_IN_DEVELOPMENT = new Set(["PSF-2.0"]);

interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage & { version: string }>>;
}

/** Of the project, of the programs of others that only tests use, and of what the benchmarks measure beside. */
const LOCK_FILES = ["package-lock.json", "test/tools/package-lock.json", "bench/package-lock.json"];
const locked = LOCK_FILES.flatMap((file) => Object.entries((JSON.parse(projectText(file)) as Lock).packages))
  .filter(([path]) => path !== "")
  .map(([path, entry]) => ({ ...entry, name: `${path.split("node_modules/").at(-1)}@${entry.version}` }));

describe("the supply chain", () => {
  it("pins every action by commit id, with its version in a comment", () => {
    const uses = workflows.flatMap(({ text }) => [...text.matchAll(/uses: (.*)$/gm)].map(([, action]) => action));
    expect(uses.length).to.be.greaterThan(5);
    for (const action of uses) expect(action).to.match(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("pins one action to one version everywhere", () => {
    const versions = new Map<string, Set<string>>();
    for (const [, action = "", version = ""] of workflows.flatMap(({ text }) => [
      ...text.matchAll(/uses: (\S+?)@(.*)$/gm),
    ])) {
      versions.set(action, (versions.get(action) ?? new Set()).add(version));
    }
    for (const [action, found] of versions) expect([...found], action).to.have.length(1);
  });

  it("leaves no credentials of the checkout behind, and lets workflows read only unless a job says more", () => {
    for (const { file, workflow } of workflows) {
      expect(workflow.permissions, file).to.deep.equal({ contents: "read" });
      for (const step of Object.values(workflow.jobs).flatMap((job) => job.steps)) {
        if (!step.uses?.startsWith("actions/checkout@")) continue;
        expect(step.with?.["persist-credentials"], file).to.equal(false);
      }
    }
  });

  it("has actions and packages watched for updates", () => {
    const { updates } = parse(projectText(".github/dependabot.yml")) as {
      updates: readonly { "package-ecosystem": string; directory: string; schedule: { interval: string } }[];
    };
    expect(updates.map((update) => `${update["package-ecosystem"]} ${update.directory}`)).to.have.members([
      "github-actions /",
      "npm /",
      "npm /test/tools",
      "npm /bench",
    ]);
    for (const update of updates) expect(update.schedule.interval).to.equal("weekly");
  });

  it("installs only packages from the registry, with their hash, under licences that are allowed", () => {
    const refused = locked.filter(({ name, license, dev }) => {
      if (READ_BY_HAND[name] !== undefined) return false;
      const isAllowed = license !== undefined && ALLOWED_LICENCES.has(license);
      return !isAllowed && !(dev && license !== undefined && ALLOWED_IN_DEVELOPMENT.has(license));
    });
    expect(
      refused.map(({ name, license }) => `${name}: ${license}`),
      "read the licence; a compatible one goes into ALLOWED_LICENCES or READ_BY_HAND of this file, any other package goes out",
    ).to.deep.equal([]);
    for (const { name, resolved, integrity } of locked) {
      // Without an address npm asks the registry that it is configured with.
      expect(resolved ?? "https://registry.npmjs.org/", name).to.match(/^https:\/\/registry\.npmjs\.org\//);
      expect(integrity, name).to.match(/^sha512-/);
    }
  });

  it("has read each licence that stands elsewhere for a package that is there", () => {
    const names = new Set(locked.map(({ name }) => name));
    for (const name of Object.keys(READ_BY_HAND)) expect([...names]).to.include(name);
  });

  it("says where a vulnerability is reported, and asks for what shows a change", () => {
    expect(projectText("SECURITY.md")).to.include("Report a vulnerability").and.include("## Supported versions");
    expect(projectText(".github/pull_request_template.md")).to.include("npm run rehearse");
    for (const file of readdirSync(projectFile(".github/ISSUE_TEMPLATE"))) {
      expect(parse(projectText(`.github/ISSUE_TEMPLATE/${file}`)), file).to.be.an("object");
    }
  });
});
