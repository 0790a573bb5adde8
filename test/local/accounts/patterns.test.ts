import { runInNewContext } from "node:vm";
import { expect } from "chai";
import { arnMatcher, globMatcher, type Matcher } from "../../../local/accounts/patterns.ts";
import { HANG_LIMIT_MS } from "../../../local/kernel/hang-limit.ts";
import { Random } from "../../../local/sample/random.ts";

const endsWith = (matches: Matcher, value: string): boolean =>
  runInNewContext("run()", { run: () => matches(value) }, { timeout: HANG_LIMIT_MS }) as boolean;

/** The rule itself, place by place: whether the first `i` characters of the pattern match the first `j` of the value. */
function rule(pattern: string, value: string): boolean {
  let row = [true, ...[...value].map(() => false)];
  for (const wanted of pattern) {
    const next = [wanted === "*" && row[0]!];
    for (let at = 1; at <= value.length; at++) {
      next.push(
        wanted === "*" ? row[at]! || next[at - 1]! : row[at - 1]! && (wanted === "?" || wanted === value[at - 1]),
      );
    }
    row = next;
  }
  return row.at(-1)!;
}

describe("IAM's patterns", () => {
  it("match what the rule says, whatever the pattern and the value", () => {
    const seed = Number(process.env["SEED"] ?? 1);
    const random = new Random(seed);
    const text = (alphabet: string, most: number) =>
      Array.from({ length: random.integer(0, most) }, () => alphabet[random.integer(0, alphabet.length - 1)]).join("");
    for (let round = 0; round < 20_000; round++) {
      const [pattern, value] = [text("ab*?*", 8), text("ab", 10)];
      expect(globMatcher(pattern)(value), `seed ${seed}: ${pattern} on ${value}`).to.equal(rule(pattern, value));
    }
  });

  it("match line ends, and characters that regular expressions know", () => {
    expect(globMatcher("a*c")("a\n\nc")).to.equal(true);
    expect(globMatcher("a?c")("a\nc")).to.equal(true);
    expect(globMatcher("a.c*")("abc")).to.equal(false);
    expect(globMatcher("[ab]+(*)$")("[ab]+(x)$")).to.equal(true);
  });

  for (const [what, matches] of [
    ["of many stars", globMatcher(`${"*a".repeat(40)}*b`)],
    ["of many stars and question marks", globMatcher(`${"*?a".repeat(40)}*b`)],
    ["over an ARN", arnMatcher(`arn:aws:s3:::${"*a".repeat(40)}*b`)],
    ["over a part of an ARN", arnMatcher(`arn:aws:s3:${"*a".repeat(40)}*b:*:x`)],
  ] as const) {
    it(`come to an end ${what}, on a long value that nearly matches`, () => {
      const long = "a".repeat(5_000);
      const value = what.includes("part")
        ? `arn:aws:s3:${long}:1:x`
        : what.includes("ARN")
          ? `arn:aws:s3:::${long}`
          : long;
      expect(endsWith(matches, value)).to.equal(false);
      expect(endsWith(matches, what.includes("part") ? value.replace(":1:", "b:1:") : `${value}b`)).to.equal(true);
    });
  }
});
