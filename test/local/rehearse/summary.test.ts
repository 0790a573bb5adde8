import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { UserError } from "../../../local/kernel/errors.ts";
import type { Rehearsal } from "../../../local/rehearse/rehearse.ts";
import { appendSummary, report } from "../../../local/rehearse/report.ts";
import { NOT_KNOWN_YET, SECRET, shownValues } from "../../../local/rehearse/shown-values.ts";
import { type PreviewedChange, valueChanges } from "../../../local/rehearse/stack-preview.ts";
import { summaryMarkdown } from "../../../local/rehearse/summary.ts";
import { SIGNATURE_KEY, Signature, UNKNOWN, wrapSecret } from "../../../local/resource-types/wire-values.ts";
import { recordedOutput } from "../../support/recorded-output.ts";

function rehearsalOf(change: Partial<PreviewedChange>, text?: string): Rehearsal {
  const whole = {
    urn: "",
    type: "aws:sqs/queue:Queue",
    name: "q",
    kind: "update",
    properties: [],
    replaces: [],
    values: [],
  };
  const preview = { counts: { update: 1, same: 3 }, changes: [{ ...whole, ...change }], text };
  const about = { base: "main", head: "topic", notes: ["read_this"], engine: "an engine", isComplete: true };
  return { ...about, stacks: [{ stack: "poc", preview }] };
}

describe("the summary of a rehearsal", () => {
  it("cannot be broken out of by names, values or the CLI's text", () => {
    const values = [{ path: "a", before: '"x | `y`"', after: '"<b>\n"' }];
    const summary = summaryMarkdown(rehearsalOf({ name: "a|b`c", properties: ["a"], values }, "one\n```\n# two"));
    expect(summary).to.contain('| `` a\\|b`c `` | aws:sqs:Queue | update | `a` `` "x \\| `y`" `` → `"<b> "` |');
    expect(summary).to.contain("````diff\none\n```\n# two\n````\n\n</details>");
    expect(summary).to.contain("> read\\_this");
  });

  it("names a property whose values may not be seen, and gives an operation that only the CLI has by its own name", () => {
    expect(summaryMarkdown(rehearsalOf({ properties: ["policy", "name"] }))).to.contain(
      "| update | `policy`<br>`name` |",
    );
    const rehearsal = rehearsalOf({ kind: "import" });
    const summary = summaryMarkdown({
      ...rehearsal,
      stacks: [
        { stack: "poc", preview: { counts: { import: 2 }, changes: rehearsal.stacks[0]?.preview?.changes ?? [] } },
      ],
    });
    expect(summary).to.contain("| stack | create | update | replace | delete | same | import |");
    expect(summary).to.contain("| **poc** | 0 | 0 | 0 | 0 | 0 | 2 |");
    expect(summary).to.contain("| import |");
  });

  it("cuts a text that is longer than a job's summary takes", () => {
    const summary = summaryMarkdown(rehearsalOf({}, "x".repeat(1_000_000)));
    expect(summary.length).to.be.lessThan(300_000);
    expect(summary).to.contain("… cut here");
  });
});

describe("the report of a rehearsal", () => {
  const folder = mkdtempSync(join(tmpdir(), "tributary-report-"));
  after(() => rmSync(folder, { recursive: true }));

  function reported(options: { summary?: string; json: boolean }) {
    const output = recordedOutput();
    const { lines } = output;
    const json: string[] = [];
    report(rehearsalOf({ properties: ["name"] }), options, { output, json: { write: (text) => json.push(text) } });
    return { lines, json: json.map((text) => JSON.parse(text) as Record<string, unknown>) };
  }

  it("is in words, and as JSON lines only when they are asked for", () => {
    const { lines, json } = reported({ json: false });
    expect(lines).to.include.members(["Base: main. Head: topic.", "read_this", "poc: 1 to update, 3 same"]);
    expect(lines).to.include("  update   aws:sqs:Queue q (name)");
    expect(json).to.deep.equal([]);
    const [about, stack, ...more] = reported({ json: true }).json;
    expect(about).to.deep.include({ type: "rehearsal", base: "main", engine: "an engine", isComplete: true });
    expect(stack).to.deep.include({ type: "stack", stack: "poc" });
    expect(more).to.deep.equal([]);
  });

  it("appends the summary to a file, as a job's steps do", () => {
    const summary = join(folder, "summary.md");
    appendSummary(summary, "before\n");
    reported({ summary, json: false });
    expect(readFileSync(summary, "utf8")).to.match(/^before\n## Rehearsal in the local cloud\n/);
    expect(() => appendSummary(folder, "")).to.throw(UserError, `--summary ${folder} cannot be written`);
  });
});

describe("the values of a change", () => {
  const changes = (name: string, before: unknown, after: unknown) =>
    valueChanges([name], shownValues({ [name]: before }), shownValues({ [name]: after }));

  it("are told down to the single value, within lists, objects and JSON texts", () => {
    const before = { rules: [{ days: 1, id: "a" }], "a.b": 1 };
    const after = { rules: [{ days: 2, id: "a" }, { days: 3 }], "a.b": 1 };
    expect(changes("policy", JSON.stringify(before), JSON.stringify(after))).to.deep.equal([
      { path: "policy.rules[0].days", before: "1", after: "2" },
      { path: "policy.rules[1]", after: '{"days":3}' },
    ]);
    expect(changes("tags", { "a.b": "1" }, {})).to.deep.equal([{ path: 'tags["a.b"]', before: '"1"' }]);
  });

  it("are masked where they are secret, and named where they are not known yet", () => {
    expect(changes("key", wrapSecret("hunter2"), "public")).to.deep.equal([
      { path: "key", before: SECRET, after: '"public"' },
    ]);
    expect(changes("key", { secret: true, value: "hunter2" }, wrapSecret("hunter3"))).to.deep.equal([]);
    expect(changes("arn", "arn:x", UNKNOWN)).to.deep.equal([{ path: "arn", before: '"arn:x"', after: NOT_KNOWN_YET }]);
  });

  it("are the hash of an asset, never its text", () => {
    const asset = (hash: string) => ({ [SIGNATURE_KEY]: Signature.Asset, hash, text: "the code" });
    expect(changes("code", asset("1".repeat(64)), asset("2".repeat(64)))).to.deep.equal([
      { path: "code", before: '"asset 111111111111"', after: '"asset 222222222222"' },
    ]);
  });

  it("are a few, and the number of the others", () => {
    const list = (value: number) => Array.from({ length: 9 }, () => value);
    const told = changes("list", list(1), list(2));
    expect(told).to.have.length(6);
    expect(told.at(-1)).to.deep.equal({ path: "list and 4 more values in it" });
  });
});
