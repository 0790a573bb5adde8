import { createReadStream, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { UserError } from "../kernel/errors.ts";

/** One line of the input: its number (from 1) and its bytes, without the line end. */
export interface InputLine {
  readonly number: number;
  readonly bytes: Buffer;
}

/** Throws UserError for a missing file and for a directory. */
export function checkInput(file: string): void {
  if (file === "-") return;
  const wanted = `Give a file of JSON lines, plain or .gz, or "-" for standard input`;
  if (!existsSync(file)) throw new UserError(`--input: there is no file "${file}". ${wanted}.`);
  if (statSync(file).isDirectory()) {
    const all = join(file, "*.jsonl");
    throw new UserError(`--input: "${file}" is a directory. ${wanted}, such as: cat ${all} | npm start -- --input -`);
  }
}

/**
 * The lines of a JSON Lines file, plain or gzip (detected by its first bytes), or of standard input for `-`. Blank
 * lines are skipped. Throws UserError for a missing or unreadable file.
 */
export async function* readLines(file: string): AsyncGenerator<InputLine> {
  checkInput(file);
  const source: Readable = file === "-" ? process.stdin : createReadStream(file);
  try {
    yield* splitLines(await gunzipped(source));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `--input: "${file}" could not be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

async function gunzipped(source: Readable): Promise<AsyncIterable<Buffer>> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await chunks.next();
  if (first.done) return (async function* () {})();
  const rest = { [Symbol.asyncIterator]: () => chunks };
  const whole = (async function* () {
    yield first.value;
    yield* rest;
  })();
  const isGzip = first.value[0] === 0x1f && first.value[1] === 0x8b;
  if (!isGzip) return whole;
  const gunzip = createGunzip();
  void pump(whole, gunzip);
  return gunzip as AsyncIterable<Buffer>;
}

async function pump(from: AsyncIterable<Buffer>, into: ReturnType<typeof createGunzip>): Promise<void> {
  try {
    for await (const chunk of from) {
      if (!into.write(chunk)) await new Promise((resolve) => into.once("drain", resolve));
    }
    into.end();
  } catch (error) {
    into.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<InputLine> {
  const newline = 0x0a;
  let number = 0;
  let pending: Buffer[] = [];
  const finish = (last: Buffer): InputLine | undefined => {
    number++;
    let bytes = pending.length === 0 ? last : Buffer.concat([...pending, last]);
    pending = [];
    if (bytes.at(-1) === 0x0d) bytes = bytes.subarray(0, -1);
    return bytes.every((byte) => byte === 0x20 || byte === 0x09) ? undefined : { number, bytes };
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      const line = finish(chunk.subarray(start, end));
      if (line) yield line;
      start = end + 1;
    }
    if (start < chunk.length) pending.push(chunk.subarray(start));
  }
  const line = pending.length > 0 ? finish(Buffer.alloc(0)) : undefined;
  if (line) yield line;
}
