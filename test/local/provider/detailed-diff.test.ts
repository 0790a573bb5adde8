import { expect } from "chai";
import { z } from "zod";
import { detailedDiff } from "../../../local/provider/detailed-diff.ts";
import { asSet } from "../../../local/resource-types/canonical.ts";
import type { Properties, ResourceType } from "../../../local/resource-types/resource-type.ts";
import { SIGNATURE_KEY, Signature } from "../../../local/resource-types/wire-values.ts";

const type = {
  token: "aws:test/thing:Thing",
  inputs: z.looseObject({}),
  canonical: { "rules[*].actions": asSet },
} as unknown as ResourceType;

const places = (olds: Properties, news: Properties, replaces: readonly string[] = []) =>
  detailedDiff(type, { olds, news }, [...new Set([...Object.keys(olds), ...Object.keys(news)])], replaces).map(
    ({ kind, path, isReplacement }) => `${kind} ${path}${isReplacement ? " (replaces)" : ""}`,
  );

describe("the detailed diff of a resource", () => {
  it("has the deepest changed paths", () => {
    const olds = { size: 1, gone: "x", settings: { same: 1, key: "a" }, list: ["a", "b", "c"] };
    const news = { size: 2, made: "y", settings: { same: 1, key: "b" }, list: ["a", "x"] };
    expect(places(olds, news, ["settings"])).to.have.members([
      "update size",
      "delete gone",
      "add made",
      "update settings.key (replaces)",
      "update list[1]",
      "delete list[2]",
    ]);
  });

  it("quotes keys that are not plain words", () => {
    expect(places({ tags: { "aws:x": "1" } }, { tags: { 'a"b': "1" } })).to.have.members([
      'delete tags["aws:x"]',
      'add tags["a\\"b"]',
    ]);
  });

  it("compares assets by hash, and secrets by value", () => {
    const asset = (hash: string) => ({ code: { [SIGNATURE_KEY]: Signature.Archive, path: hash, hash } });
    expect(places(asset("1"), asset("2"))).to.deep.equal(["update code"]);
    expect(places(asset("1"), asset("1"))).to.deep.equal([]);
    const secret = (key: string) => ({ settings: { [SIGNATURE_KEY]: Signature.Secret, value: { key } } });
    expect(places(secret("a"), secret("b"))).to.deep.equal(["update settings.key"]);
  });

  it("shows an input with a canonical form as a whole", () => {
    const rules = (...actions: string[]) => ({ rules: [{ actions }] });
    expect(places(rules("a", "b"), rules("b", "c"))).to.deep.equal(["update rules"]);
  });
});
