import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../kernel/errors.ts";
import type { Commit, Repository } from "./repository.ts";
import { runProcess } from "./run-process.ts";

/** How many lines of npm's output are shown when it fails; the first ones say why. */
const NPM_LINES = 8;

export interface CheckoutsOptions {
  readonly repository: Repository;
  /** The project whose installed dependencies are reused when a checkout has the same lock file. */
  readonly projectDir: string;
  readonly signal?: AbortSignal;
  readonly onStep?: (text: string) => void;
  /** Installs the dependencies of a checkout with a different lock file; default: npm ci without scripts. */
  readonly install?: (projectDir: string) => Promise<void>;
}

/** Commits checked out into a temporary folder, each as a git worktree. `remove` deletes everything. */
export class Checkouts {
  /** The temporary folder; callers may add files. */
  readonly folder = mkdtempSync(join(tmpdir(), "tributary-rehearse-"));
  readonly #options: CheckoutsOptions;
  readonly #worktrees: string[] = [];

  constructor(options: CheckoutsOptions) {
    this.#options = options;
  }

  /** Checks a commit out and provides its dependencies. @returns the folder of the project in it. */
  async add(name: string, commit: Commit): Promise<string> {
    const { repository, onStep } = this.#options;
    const worktree = join(this.folder, name);
    this.#worktrees.push(worktree);
    onStep?.(`checking out ${commit.ref}`);
    await repository.addWorktree(worktree, commit);
    const projectDir = repository.projectIn(worktree);
    const project = join(repository.projectPath, "Pulumi.yaml");
    if (!existsSync(join(worktree, project))) {
      throw new UserError(
        `${commit.ref} has no ${project}: there is no stack in it to rehearse. Choose another commit`,
      );
    }
    await this.#provideModules(projectDir);
    return projectDir;
  }

  /** Removes everything that exists. */
  async remove(): Promise<void> {
    const { repository } = this.#options;
    for (const worktree of this.#worktrees) {
      // Removes the link, not its target.
      rmSync(join(repository.projectIn(worktree), "node_modules"), { recursive: true, force: true });
      if (existsSync(worktree)) await repository.removeWorktree(worktree);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #provideModules(projectDir: string): Promise<void> {
    const { projectDir: own, onStep } = this.#options;
    if (lockFile(projectDir) === lockFile(own)) {
      symlinkSync(join(own, "node_modules"), join(projectDir, "node_modules"), "dir");
      return;
    }
    onStep?.("its package-lock.json differs: installing its dependencies with npm ci");
    await (this.#options.install ?? ((folder) => this.#npmCi(folder)))(projectDir);
  }

  async #npmCi(projectDir: string): Promise<void> {
    // npm run --silent silences this npm too, through the environment.
    const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    const { code, stderr } = await runProcess("npm", args, { cwd: projectDir, signal: this.#options.signal });
    if (code === 0) return;
    const said = stderr.trim().split("\n").slice(0, NPM_LINES).join("\n");
    throw new UserError(`the dependencies of the checkout could not be installed: npm ci ended with ${code}:\n${said}`);
  }
}

function lockFile(projectDir: string): string | undefined {
  const path = join(projectDir, "package-lock.json");
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
