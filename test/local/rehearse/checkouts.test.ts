import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { Checkouts } from "../../../local/rehearse/checkouts.ts";
import { Repository } from "../../../local/rehearse/repository.ts";
import { failureOf } from "../../support/failure-of.ts";
import { needGit, TemporaryProject } from "./temporary-project.ts";

describe("the checkouts of a rehearsal", () => {
  let project: TemporaryProject;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "tributary-clones-")));
  let repository: Repository;
  before(async function () {
    needGit(this);
    project = new TemporaryProject();
    project.write("package-lock.json", "{}");
    project.commit();
    repository = await Repository.of(project.directory);
  });
  after(() => {
    project?.remove();
    rmSync(folder, { recursive: true });
  });

  const checkouts = (installed: string[] = []) =>
    new Checkouts({
      repository,
      projectDir: project.directory,
      install: async (projectDir) => void installed.push(projectDir),
    });

  it("have a commit's files, and the project's own dependencies where the lock file is the same", async () => {
    project.write("first.json", "{}");
    const made = checkouts();
    try {
      const directory = await made.add("base", await repository.commit("main", "--base"));
      expect(existsSync(join(directory, "Pulumi.yaml"))).to.equal(true);
      expect(existsSync(join(directory, "first.json"))).to.equal(false);
      expect(lstatSync(join(directory, "node_modules")).isSymbolicLink()).to.equal(true);
      expect(project.leftWorktrees).to.deep.equal([realpathSync(directory)]);
    } finally {
      await made.remove();
    }
    expect(project.leftWorktrees).to.deep.equal([]);
    expect(existsSync(made.folder)).to.equal(false);
    expect(existsSync(join(project.directory, "node_modules", "@pulumi", "pulumi", "package.json"))).to.equal(true);
  });

  it("have their own dependencies installed where the lock file is another one", async () => {
    project.write("package-lock.json", '{"name":"other"}');
    const installed: string[] = [];
    const made = checkouts(installed);
    try {
      const directory = await made.add("base", await repository.commit("main", "--base"));
      expect(installed).to.deep.equal([directory]);
      expect(existsSync(join(directory, "node_modules"))).to.equal(false);
    } finally {
      await made.remove();
      project.write("package-lock.json", "{}");
    }
  });

  it("run no hooks of the clone", async () => {
    const hook = join(project.directory, ".git", "hooks", "post-checkout");
    mkdirSync(join(hook, ".."), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\ntouch ${join(folder, "hooked")}\n`, { mode: 0o755 });
    const made = checkouts();
    await made.add("base", await repository.commit("main", "--base"));
    await made.remove();
    expect(existsSync(join(folder, "hooked"))).to.equal(false);
  });

  it("find a project in a folder below the clone's", async () => {
    mkdirSync(join(project.directory, "deep"));
    const below = await Repository.of(join(project.directory, "deep"));
    expect(below.projectIn("/somewhere")).to.equal("/somewhere/deep");
    const made = new Checkouts({ repository: below, projectDir: join(project.directory, "deep") });
    const failure = await failureOf(made.add("base", await below.commit("main", "--base")));
    await made.remove();
    expect(failure).to.equal(
      "main has no deep/Pulumi.yaml: there is no stack in it to rehearse. Choose another commit",
    );
    expect(project.leftWorktrees).to.deep.equal([]);
  });

  describe("of a base that is not there", () => {
    const advice = async (directory: string, ref: string) =>
      failureOf((await Repository.of(directory)).commit(ref, "--base"));

    it("say what to fetch, and never run what a name contains", async () => {
      const start = '--base "gone" is not a commit of this clone.';
      expect(await advice(project.directory, "gone")).to.equal(
        `${start} Fetch it: git fetch origin gone, then --base origin/gone`,
      );
      expect(await advice(project.directory, "--output=x")).to.contain('--base "--output=x" is not a commit');
      expect(await advice(project.directory, `x; touch ${join(folder, "run")}`)).to.contain("git fetch origin main");
      expect(existsSync(join(folder, "run"))).to.equal(false);
      expect(existsSync(join(project.directory, "x"))).to.equal(false);
    });

    it("know that the branch is there as the remote's", async () => {
      const clone = join(folder, "clone");
      execFileSync("git", ["clone", "--quiet", project.directory, clone], { stdio: "pipe" });
      execFileSync("git", ["checkout", "--quiet", "--detach"], { cwd: clone });
      execFileSync("git", ["branch", "--quiet", "-D", "main"], { cwd: clone });
      expect(await advice(clone, "main")).to.contain("There is origin/main: --base origin/main");
    });

    it("know that the clone is shallow", async () => {
      project.commit();
      const clone = join(folder, "shallow");
      const url = pathToFileURL(project.directory).href;
      execFileSync("git", ["clone", "--quiet", "--depth=1", url, clone], { stdio: "pipe" });
      expect(await advice(clone, "HEAD~1")).to.match(/The clone is shallow: git fetch .*fetch-depth: 0/);
    });

    it("know that there is no clone at all", async () => {
      const nowhere = join(folder, "nowhere");
      mkdirSync(nowhere);
      expect(await failureOf(Repository.of(nowhere))).to.match(
        /nowhere is not in a git clone.*Clone the repository with git/s,
      );
    });
  });

  it("count the commits that the head lacks", async () => {
    const start = await repository.commit("HEAD", "--head");
    project.git("checkout", "--quiet", "-b", "ahead");
    project.commit();
    const ahead = await repository.commit("ahead", "--base");
    expect(await repository.commitsMissing(ahead, start)).to.equal(1);
    expect(await repository.commitsMissing(start, ahead)).to.equal(0);
    project.git("checkout", "--quiet", "main");
  });
});
