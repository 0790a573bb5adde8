import { expect } from "chai";
import { parse } from "yaml";
import { SOURCE_STACK, TARGET_STACK } from "../../local/system.ts";
import { code, projectText, section, tableRows } from "../docs/markdown-tables.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly if?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes": number;
  readonly strategy?: { readonly matrix: { readonly include: readonly Readonly<Record<string, string>>[] } };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

const text = projectText(".github/workflows/preview.yml");
const workflow = parse(text) as Workflow;
const { rehearse, preview } = workflow.jobs as { rehearse: Job; preview: Job };
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

/** The steps of a job that use an action, whatever its version. */
function using(job: Job, action: string): readonly Step[] {
  return job.steps.filter(({ uses }) => uses?.startsWith(`${action}@`));
}

/** How a workflow writes what GitHub is to put in. */
function expression(text: string): string {
  return `\${{ ${text} }}`;
}

describe("the workflow of pull requests", () => {
  it("runs for pull requests only, and never as one of this repository for a stranger's code", () => {
    expect(Object.keys(workflow.on)).to.deep.equal(["pull_request"]);
    expect(text).not.to.match(/pull_request_target|workflow_run/);
    expect(Object.keys(workflow.jobs)).to.have.members(["rehearse", "preview"]);
  });

  it("gives each job what it needs and no more", () => {
    expect(workflow.permissions).to.deep.equal({ contents: "read" });
    expect(rehearse.permissions).to.equal(undefined);
    expect(preview.permissions).to.deep.equal({ contents: "read", "id-token": "write", "pull-requests": "write" });
    for (const job of Object.values(workflow.jobs)) {
      const checkouts = using(job, "actions/checkout");
      expect(checkouts.map((step) => step.with?.["persist-credentials"])).to.deep.equal([false]);
    }
  });

  it("rehearses for everyone: no condition, no secret, no variable of the repository", () => {
    expect(rehearse.if).to.equal(undefined);
    expect(JSON.stringify(rehearse)).not.to.match(/secrets\.|vars\.|github\.token/);
    expect(rehearse.steps.some((step) => step.if)).to.equal(false);
  });

  it("rehearses against the base branch with the CLI of the official action, into the job's summary", () => {
    expect(using(rehearse, "actions/checkout")[0]?.with).to.include({ "fetch-depth": 0 });
    expect(using(rehearse, "pulumi/actions")[0]?.with).to.deep.equal({ "pulumi-version": "^3.260.0" });
    expect(rehearse.steps.at(-1)?.run).to.equal(
      'npm run --silent rehearse -- --base "origin/$GITHUB_BASE_REF" --engine pulumi --summary "$GITHUB_STEP_SUMMARY"',
    );
  });

  it("previews on AWS for branches of this repository only, both stacks, one comment each", () => {
    expect(preview.if).to.match(/^github\.event\.pull_request\.head\.repo\.full_name == github\.repository && /);
    expect(preview.if).to.contain("github.event.pull_request.user.login != 'dependabot[bot]'");
    const matrix = preview.strategy?.matrix.include ?? [];
    expect(matrix.map(({ stack }) => stack)).to.deep.equal([TARGET_STACK, SOURCE_STACK]);
    for (const { stack, variable, role } of matrix) {
      expect(variable).to.equal(`${stack?.toUpperCase()}_PREVIEW_ROLE_ARN`);
      expect(role).to.equal(expression(`vars.${variable}`));
    }
    const [pulumi, ...others] = using(preview, "pulumi/actions");
    expect(others).to.deep.equal([]);
    expect(pulumi?.with).to.include({
      command: "preview",
      refresh: true,
      "comment-on-pr": true,
      "edit-pr-comment": true,
    });
    expect(using(preview, "aws-actions/configure-aws-credentials")[0]?.with).to.include({
      "role-to-assume": expression("matrix.role"),
    });
  });

  it("says so, and does nothing else, where a stack has no role", () => {
    const [notice, ...others] = preview.steps;
    expect(notice?.if).to.equal("matrix.role == ''");
    expect(notice?.run).to.match(/^echo "::notice .*\$VARIABLE is not set \(docs\/pull-requests\.md\)/);
    expect(others.map((step) => step.if)).to.deep.equal(others.map(() => "matrix.role != ''"));
  });

  it("puts nothing of the event into a shell line", () => {
    const lines = steps.flatMap(({ run }) => run ?? []);
    expect(lines.length).to.be.greaterThan(2);
    for (const line of lines) expect(line).not.to.contain("${{");
    // What is put into an environment is of this repository, or of the matrix.
    const values = steps.flatMap(({ env }) => Object.values(env ?? {}));
    for (const value of values) expect(value).to.match(/^\$\{\{ (matrix|secrets)\.\w+ \}\}$/);
  });

  it("runs npm scripts that there are", () => {
    const { scripts } = JSON.parse(projectText("package.json")) as { scripts: Record<string, string> };
    const lines = steps.flatMap(({ run }) => run ?? []).filter((line) => line.startsWith("npm "));
    const names = lines.flatMap((line) => /^npm run (?:--silent )?([\w:-]+)/.exec(line)?.[1] ?? []);
    expect(names).to.deep.equal(["rehearse"]);
    expect(names.filter((name) => !(name in scripts))).to.deep.equal([]);
  });

  it("ends: each job in time, and the runs that a newer push has made stale", () => {
    for (const job of Object.values(workflow.jobs)) expect(job["timeout-minutes"]).to.be.within(1, 30);
    expect(workflow.concurrency).to.deep.equal({
      group: `preview-${expression("github.event.pull_request.number")}`,
      "cancel-in-progress": true,
    });
  });

  it("uses the variables and secrets that the documentation lists, and no others", () => {
    const used = [...text.matchAll(/\b(var|secret)s\.(\w+)/g)].map(([, kind, name]) => `${name} ${kind}`);
    const page = projectText("docs/pull-requests.md");
    const listed = tableRows(section(page, "4. Variables and secrets of the repository")).map(
      ([name, kind]) => `${code(name)} ${kind === "variable" ? "var" : kind}`,
    );
    expect([...new Set(used)].sort()).to.deep.equal(listed.sort());
  });
});
