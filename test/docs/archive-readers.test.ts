import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { AttributeValue } from "aws-lambda";
import { expect } from "chai";
import { RemovePolicy, toLine } from "../../functions/archiver/core/line.ts";
import { insertRecord, removeRecord } from "../functions/support/stream-events.ts";

const page = readFileSync(new URL("../../docs/data-formats.md", import.meta.url), "utf8");
const section = page.slice(page.indexOf("### Reading the archive"));
const tools = fileURLToPath(new URL("../tools/", import.meta.url));

/** The code that the page shows for a reader. */
function recipe(reader: string): string {
  const from = section.slice(section.indexOf(`**${reader}**`));
  return /```\w+\n(.*?)```/s.exec(from)?.[1] ?? expect.fail(`the page has no recipe for ${reader}`);
}

const hasProgram = (name: string) => spawnSync(name, ["--version"]).status === 0;

/** Names that differ in case only, a type that changes, digits beyond a double, a name with a dot, a null. */
const EVENTS: readonly Record<string, AttributeValue>[] = [
  { user: { M: { id: { S: "u1" } } }, Ref: { S: "8" }, ref: { S: "9" } },
  {
    user: { M: { id: { S: "u2" } } },
    Ref: { L: [{ N: "1" }] },
    big: { N: "12345678901234567890" },
    none: { NULL: true },
  },
  { user: { M: { id: { S: "u3" } } }, ref: { N: "1234567890123456789.125" }, "a.b": { N: "1" } },
];

/** The module, as far as it is used here: it is no dependency of the project, and has no types where it is not installed. */
interface DuckDb {
  readonly DuckDBInstance: {
    create(): Promise<{
      connect(): Promise<{
        run(sql: string): Promise<unknown>;
        runAndReadAll(sql: string): Promise<{ getRowsJson(): unknown[][] }>;
        closeSync(): void;
      }>;
    }>;
  };
}

describe("docs/data-formats.md, reading the archive", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "archive-readers-"));
    const lines = EVENTS.map((event, index) => {
      const item = { shardId: { S: "shardId-0" }, sequenceNumber: { S: String(index) }, event: { M: event } };
      return `${toLine(insertRecord(item, { index }), RemovePolicy.Tombstone)}\n`;
    });
    const hour = join(folder, "archive/2026/11/30/12");
    mkdirSync(hour, { recursive: true });
    writeFileSync(join(hour, "plain"), `${lines[0]}${lines[1]}`);
    // Delivered twice, and a deletion.
    const tombstone = `${toLine(removeRecord(7), RemovePolicy.Tombstone)}\n`;
    writeFileSync(join(hour, "packed.gz"), gzipSync(`${lines[1]}${lines[2]}${tombstone}`));
  });

  after(() => rmSync(folder, { recursive: true }));

  it("DuckDB reads events whose names differ in case only, each once", async function () {
    if (!existsSync(join(tools, "node_modules/@duckdb"))) {
      console.log("    skipped: DuckDB is not installed (npm ci --prefix test/tools)");
      this.skip();
    }
    const { DuckDBInstance } = createRequire(join(tools, "package.json"))("@duckdb/node-api") as DuckDb;
    const connection = await (await DuckDBInstance.create()).connect();
    const [view = "", query = ""] = recipe("DuckDB").replace("'archive/**'", `'${folder}/archive/**'`).split(/;\n/);
    await connection.run(view);
    expect((await connection.runAndReadAll(query)).getRowsJson()).to.deep.equal([
      ["u1", "8", "9", null],
      ["u2", "[1]", null, null],
      ["u3", null, "1234567890123456800.0", "1"],
    ]);
    const rows = await connection.runAndReadAll("SELECT line, event->>'$.big' FROM events ORDER BY sequence_number");
    const [, second, third] = rows.getRowsJson();
    expect(second?.[1]).to.equal("12345678901234567890");
    expect(third?.[0]).to.contain('"ref":1234567890123456789.125');
    connection.closeSync();
  });

  it("Python reads every digit", function () {
    if (!hasProgram("python3")) {
      console.log("    skipped: there is no python3");
      this.skip();
    }
    const printed = execFileSync("python3", ["-c", recipe("Python")], { cwd: folder, encoding: "utf8" });
    expect(printed.trimEnd().split("\n")).to.have.members([
      "{'user': {'id': 'u1'}, 'Ref': '8', 'ref': '9'}",
      ...Array(2).fill("{'user': {'id': 'u2'}, 'Ref': [1], 'big': 12345678901234567890, 'none': None}"),
      "{'user': {'id': 'u3'}, 'ref': Decimal('1234567890123456789.125'), 'a.b': 1}",
      "None",
    ]);
  });

  it("jq tells names by their case", function () {
    if (!hasProgram("jq")) {
      console.log("    skipped: there is no jq");
      this.skip();
    }
    const printed = execFileSync("sh", ["-c", recipe("jq")], { cwd: folder, encoding: "utf8" });
    const rows = printed.trimEnd().split("\n");
    expect(rows).to.have.length(4).and.include('["u1","8","9"]').and.include('["u2",[1],null]');
  });
});
