import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { readCliPreview } from "../../../local/rehearse/cli-preview.ts";
import { cliArguments } from "../../../local/rehearse/pulumi-cli.ts";

const recorded = readFileSync(join(import.meta.dirname, "../../fixtures/rehearsal/pulumi-events.jsonl"), "utf8");

describe("a preview of the pulumi CLI, from its event log,", () => {
  const { counts, changes } = readCliPreview(recorded);
  const change = (kind: string) => changes.filter((candidate) => candidate.kind === kind);

  it("has the CLI's own counts, and each change once, whatever steps it takes", () => {
    expect(counts).to.deep.equal({ create: 1, update: 1, replace: 1, delete: 6, same: 32 });
    expect(changes).to.have.length(9);
    expect(change("create").map(({ name, type }) => [name, type])).to.deep.equal([
      ["extra", "aws:cloudwatch/logGroup:LogGroup"],
    ]);
    expect(change("delete").map(({ name }) => name)).to.include("tributary-archive-lines-parked");
  });

  it("says why a resource is replaced, and what else changes in it", () => {
    const [replaced, ...others] = change("replace");
    expect(others).to.deep.equal([]);
    expect(replaced).to.deep.include({
      name: "tributary-archive-consumer-mapping",
      properties: ["batchSize", "startingPosition"],
      replaces: ["startingPosition"],
      values: [
        { path: "batchSize", before: "100", after: "50" },
        { path: "startingPosition", before: '"TRIM_HORIZON"', after: '"LATEST"' },
      ],
    });
  });

  it("names a secret property that changes, and shows nothing of it", () => {
    const [updated] = change("update");
    expect(updated).to.deep.include({ properties: ["assumeRolePolicy"], values: [] });
  });

  it("is an error when the log ends before its summary", () => {
    const lines = recorded.trim().split("\n");
    expect(() => readCliPreview(lines.slice(0, -1).join("\n"))).to.throw("has no summary");
  });
});

describe("the pulumi CLI's arguments", () => {
  it("never let it ask, never let it change the head's stack file, and ask for a diff and the event log", () => {
    for (const args of [cliArguments.init("poc"), cliArguments.up("poc"), cliArguments.preview("poc", "c.yaml", "e")]) {
      expect(args).to.include("--non-interactive");
    }
    expect(cliArguments.up("poc").slice(0, 5)).to.deep.equal(["up", "--stack", "poc", "--yes", "--skip-preview"]);
    expect(cliArguments.preview("poc", "c.yaml", "e.jsonl").join(" ")).to.contain(
      "preview --stack poc --config-file c.yaml --event-log e.jsonl --diff",
    );
  });
});
