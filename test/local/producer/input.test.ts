import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { UserError } from "../../../local/kernel/errors.ts";
import { readLines } from "../../../local/producer/input.ts";
import { failureOf } from "../../support/failure-of.ts";

describe("the input", () => {
  const folder = mkdtempSync(join(tmpdir(), "tributary-input-"));
  after(() => rmSync(folder, { recursive: true }));

  async function read(content: Buffer): Promise<[number, string][]> {
    const file = join(folder, "input");
    writeFileSync(file, content);
    const lines: [number, string][] = [];
    for await (const { number, bytes } of readLines(file)) lines.push([number, bytes.toString("latin1")]);
    return lines;
  }

  const text = Buffer.from('{"a":1}\r\n\n{"b":2}\n  \n\xff\n{"last":"no line end"}', "latin1");
  const expected = [
    [1, '{"a":1}'],
    [3, '{"b":2}'],
    [5, "\xff"],
    [6, '{"last":"no line end"}'],
  ];

  it("returns lines with their numbers, bytes unchanged, without blank ones", async () => {
    expect(await read(text)).to.deep.equal(expected);
  });

  it("reads gzip by its first bytes, whatever the name", async () => {
    expect(await read(gzipSync(text))).to.deep.equal(expected);
  });

  it("puts lines together that span chunks", async () => {
    const long = "x".repeat(300_000);
    expect(await read(Buffer.from(`${long}\n${long}\n`))).to.deep.equal([
      [1, long],
      [2, long],
    ]);
  });

  it("is no directory", async () => {
    expect(await failureOf(readLines(folder).next())).to.equal(
      `--input: "${folder}" is a directory. Give a file of JSON lines, plain or .gz, or "-" for standard input, such as: cat ${folder}/*.jsonl | npm start -- --input -`,
    );
  });

  it("says which file is missing, and what to give", async () => {
    const error = await readLines("/nowhere/events.jsonl")
      .next()
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    expect(error).to.be.instanceOf(UserError);
    expect((error as Error).message)
      .to.contain('"/nowhere/events.jsonl"')
      .and.contain("JSON lines");
  });

  it("reports a truncated gzip file", async () => {
    const whole = gzipSync(Buffer.from("{}\n".repeat(10_000)));
    const error = await read(whole.subarray(0, whole.length - 20)).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(UserError);
  });
});
