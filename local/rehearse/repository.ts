import { realpathSync } from "node:fs";
import { join, relative } from "node:path";
import { UserError } from "../kernel/errors.ts";
import { type Ended, runProcess } from "./run-process.ts";

/** A commit that is in the clone. */
export interface Commit {
  /** As the user named it. */
  readonly ref: string;
  /** The whole hash. */
  readonly id: string;
}

/** The git clone that a project is in. */
export class Repository {
  /** Folder of the clone. */
  readonly directory: string;
  /** Folder of the project below that of the clone; "" when it is the same. */
  readonly projectPath: string;

  private constructor(directory: string, projectPath: string) {
    this.directory = directory;
    this.projectPath = projectPath;
  }

  /** Finds the clone that this folder is in. Throws UserError when it is in none. */
  static async of(projectDir: string): Promise<Repository> {
    const { code, stdout, stderr } = await git(projectDir, ["rev-parse", "--show-toplevel"]);
    if (code !== 0) {
      throw new UserError(
        `${projectDir} is not in a git clone, so there is no base to compare with (${stderr.trim()}). Clone the repository with git rather than downloading it`,
      );
    }
    const directory = stdout.trimEnd();
    return new Repository(directory, relative(realpathSync(directory), realpathSync(projectDir)));
  }

  /** The commit that a name stands for. Throws UserError that says what to type. @param option the command-line option that it was given with. */
  async commit(ref: string, option: string): Promise<Commit> {
    const { code, stdout } = await this.#git([
      "rev-parse",
      "--verify",
      "--quiet",
      "--end-of-options",
      `${ref}^{commit}`,
    ]);
    if (code === 0) return { ref, id: stdout.trim() };
    throw new UserError(`${option} "${ref}" is not a commit of this clone. ${await this.#advice(ref, option)}`);
  }

  /** Whether something differs from the last commit, untracked files included. */
  async isChanged(): Promise<boolean> {
    const { stdout } = await this.#run(["status", "--porcelain"]);
    return stdout.trim() !== "";
  }

  /** How many commits this one has that the other lacks. */
  async commitsMissing(from: Commit, other: Commit): Promise<number> {
    const { stdout } = await this.#run(["rev-list", "--count", `${other.id}..${from.id}`]);
    return Number(stdout);
  }

  /** Checks a commit out into a folder that is not there yet. Hooks do not run. */
  async addWorktree(folder: string, commit: Commit): Promise<void> {
    await this.#run(["-c", "core.hooksPath=/dev/null", "worktree", "add", "--quiet", "--detach", folder, commit.id]);
  }

  /** Removes such a folder, whatever is in it. */
  async removeWorktree(folder: string): Promise<void> {
    await this.#run(["worktree", "remove", "--force", "--force", folder]);
  }

  /** Where the project is in a folder that a commit was checked out into. */
  projectIn(folder: string): string {
    return join(folder, this.projectPath);
  }

  async #advice(ref: string, option: string): Promise<string> {
    const remote = `origin/${ref}`;
    const isRemote = (await this.#git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${remote}^{commit}`]))
      .code;
    if (isRemote === 0) return `There is ${remote}: ${option} ${remote}, or git branch ${ref} ${remote}`;
    const branch = /^(?!-)[\w./-]+$/.test(ref) ? ref.replace(/^origin\//, "") : "main";
    const { stdout } = await this.#run(["rev-parse", "--is-shallow-repository"]);
    const fetch = `git fetch origin ${branch}`;
    if (stdout.trim() !== "true") return `Fetch it: ${fetch}, then ${option} origin/${branch}`;
    return `The clone is shallow: ${fetch}, then ${option} FETCH_HEAD; or git fetch --unshallow (in a workflow, actions/checkout with fetch-depth: 0)`;
  }

  async #run(args: readonly string[]): Promise<Ended> {
    const ended = await this.#git(args);
    if (ended.code === 0) return ended;
    throw new UserError(`git ${args.join(" ")} ended with ${ended.code}: ${ended.stderr.trim()}`);
  }

  #git(args: readonly string[]): Promise<Ended> {
    return git(this.directory, args);
  }
}

/** Runs git in a folder; what a hook or an outer git command has set for its own repository must not reach it. */
function git(cwd: string, args: readonly string[]): Promise<Ended> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^GIT_(?!CONFIG|SSL)/.test(name)));
  return runProcess("git", args, { cwd, env });
}
