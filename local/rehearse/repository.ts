import { realpathSync } from "node:fs";
import { join, relative } from "node:path";
import { UserError } from "../kernel/errors.ts";
import { type Ended, runProcess } from "./run-process.ts";

/** A commit of the clone. */
export interface Commit {
  /** As the user named it. */
  readonly ref: string;
  /** The full hash. */
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

  /** Finds the clone of this folder. Throws UserError when the folder is in no clone. */
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

  /**
   * Resolves a name to a commit. Throws UserError that says what to type.
   * @param option the command-line option with this name.
   */
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

  /** Whether there are uncommitted changes or untracked files. */
  async isChanged(): Promise<boolean> {
    const { stdout } = await this.#run(["status", "--porcelain"]);
    return stdout.trim() !== "";
  }

  /** Number of commits that this one has and the other lacks. */
  async commitsMissing(from: Commit, other: Commit): Promise<number> {
    const { stdout } = await this.#run(["rev-list", "--count", `${other.id}..${from.id}`]);
    return Number(stdout);
  }

  /** Checks a commit out into a new folder, without running hooks. */
  async addWorktree(folder: string, commit: Commit): Promise<void> {
    await this.#run(["-c", "core.hooksPath=/dev/null", "worktree", "add", "--quiet", "--detach", folder, commit.id]);
  }

  /** Removes such a folder with its content. */
  async removeWorktree(folder: string): Promise<void> {
    await this.#run(["worktree", "remove", "--force", "--force", folder]);
  }

  /** Folder of the project in a checkout. */
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

/** Runs git in a folder, without the variables that a hook or an outer git command sets for its own repository. */
function git(cwd: string, args: readonly string[]): Promise<Ended> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^GIT_(?!CONFIG|SSL)/.test(name)));
  return runProcess("git", args, { cwd, env });
}
