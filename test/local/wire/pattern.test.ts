import { expect } from "chai";
import { Pattern } from "../../../local/wire/pattern.ts";

/** The texts among these that a pattern matches as a whole. */
const matched = (source: string, texts: readonly string[]) => {
  const pattern = new Pattern(source);
  return texts.filter((text) => pattern.test(text));
};

describe("A pattern of AWS's models", () => {
  it("is for the whole text, with or without anchors", () => {
    expect(matched("[a-c]+", ["", "a", "abc", "abcd", "xabc"])).to.deep.equal(["a", "abc"]);
    expect(matched("^a$|b", ["a", "b", "ab", "xa", "a\n"])).to.deep.equal(["a", "b"]);
  });

  it("repeats what it says, as often as it says", () => {
    expect(matched("a{2}b{1,2}c{0,}d?", ["aab", "aabbcccd", "ab", "aabbb", "aaab"])).to.deep.equal(["aab", "aabbcccd"]);
    expect(matched("(ab|c)*?d", ["d", "abcabd", "abd", "ad"])).to.deep.equal(["d", "abcabd", "abd"]);
  });

  it("looks ahead and behind", () => {
    expect(matched("(?!aws:)[a-z:]+", ["aws:a", "awsa", "a:aws:"])).to.deep.equal(["awsa", "a:aws:"]);
    expect(matched("[a-z.]*(?<!\\.)", ["a.b", "a.", "."])).to.deep.equal(["a.b"]);
    expect(matched("(?!^\\d+$)^[0-9a-z]+", ["12", "1a", "a"])).to.deep.equal(["1a", "a"]);
  });

  it("knows Unicode's classes, Java's class of what can be printed, and escapes that need none", () => {
    expect(matched("[\\p{L}\\p{N}]+", ["é9", "名", "a b"])).to.deep.equal(["é9", "名"]);
    expect(matched("\\p{Print}+", ["a b~", "é", "\t"])).to.deep.equal(["a b~"]);
    expect(matched("[\\w-_]+\\-\\_", ["a-b-_", "a_-_", "a+-_"])).to.deep.equal(["a-b-_", "a_-_"]);
    expect(matched(".", ["\u{1f600}", "\n", "ab"])).to.deep.equal(["\u{1f600}"]);
  });

  it("takes time by the length of the text only, where a regular expression would try all ways through it", () => {
    const text = "a".repeat(20_000);
    expect(new Pattern("(a|a)*b").test(text)).to.equal(false);
    expect(new Pattern("((a*)*)*").test(text)).to.equal(true);
  });

  it("is refused when it is not understood", () => {
    expect(() => new Pattern("(a")).to.throw("a group without an end");
    expect(() => new Pattern("a)")).to.throw('a ")" too many');
  });
});
