import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const fixture = join(import.meta.dirname, "../../fixtures/rehearsal/project");
const modules = join(import.meta.dirname, "../../../node_modules");

/** Skips the tests of this suite where there is no git: the project asks for nothing but Node.js. */
export function needGit(context: Mocha.Context): void {
  if (spawnSync("git", ["--version"]).error) context.skip();
}

/** What each stack of the fixture's program makes: arguments by name. */
export type Things = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The fixture's project in a git clone of its own, in a temporary folder. */
export class TemporaryProject {
  readonly directory = realpathSync(mkdtempSync(join(tmpdir(), "tributary-project-")));

  constructor() {
    cpSync(fixture, this.directory, { recursive: true });
    symlinkSync(modules, join(this.directory, "node_modules"));
    this.write(".gitignore", "node_modules\n");
    this.git("init", "--quiet", "--initial-branch=main");
  }

  /** Writes a file of the project. */
  write(file: string, content: string | Things): void {
    writeFileSync(join(this.directory, file), typeof content === "string" ? content : JSON.stringify(content));
  }

  /** Commits everything. @returns the commit's hash. */
  commit(): string {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", "a commit");
    return this.git("rev-parse", "HEAD");
  }

  git(...args: readonly string[]): string {
    const identity = ["-c", "user.name=a tester", "-c", "user.email=tester@example.com", "-c", "commit.gpgsign=false"];
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")));
    return execFileSync("git", [...identity, ...args], {
      cwd: this.directory,
      env,
      encoding: "utf8",
      stdio: "pipe",
    }).trim();
  }

  /** Worktrees beside the clone itself: what a rehearsal leaves behind. */
  get leftWorktrees(): readonly string[] {
    const paths = [...this.git("worktree", "list", "--porcelain").matchAll(/^worktree (.*)$/gm)].map(
      ([, path]) => path,
    );
    return paths.flatMap((path) => (path === undefined || path === this.directory ? [] : [path]));
  }

  remove(): void {
    if (existsSync(this.directory)) rmSync(this.directory, { recursive: true });
  }
}
