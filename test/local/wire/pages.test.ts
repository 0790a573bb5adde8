import { expect } from "chai";
import { AwsError } from "../../../local/kernel/errors.ts";
import { byPosition, pageAfter, pageOf } from "../../../local/wire/pages.ts";

const invalid = () => new AwsError("InvalidToken", "invalid");
const self = (text: string) => text;

describe("pages of a list in its own order", () => {
  it("follow each other by tokens, the last one without", () => {
    const first = pageOf(["c", "a", "b"], { limit: 2 }, self, invalid);
    expect(first.page).to.deep.equal(["c", "a"]);
    const second = pageOf(["c", "a", "b"], { limit: 2, token: first.next }, self, invalid);
    expect(second).to.deep.equal({ page: ["b"], next: undefined });
  });

  it("keep their place when elements before it are added or removed", () => {
    const { next } = pageOf(["c", "a", "b"], { limit: 2 }, self, invalid);
    expect(pageOf(["x", "y", "a", "b"], { limit: 2, token: next }, self, invalid).page).to.deep.equal(["b"]);
  });

  it("have what was added since right after the last page", () => {
    const { next } = pageOf(["c", "a", "b"], { limit: 2 }, self, invalid);
    expect(pageOf(["c", "a", "x", "b"], { limit: 2, token: next }, self, invalid).page).to.deep.equal(["x", "b"]);
  });

  it("go on when all elements of the page before are removed, as by a client that deletes what it lists", () => {
    const { next } = pageOf(["c", "a", "b", "d"], { limit: 2 }, self, invalid);
    expect(pageOf(["b", "d"], { limit: 2, token: next }, self, invalid).page).to.deep.equal(["b", "d"]);
  });

  it("are refused for a token of no element", () => {
    const { next } = pageOf(["c", "a", "b"], { limit: 2 }, self, invalid);
    for (const token of [next, "x", ""]) {
      expect(() => pageOf(["c"], { limit: 2, token }, self, invalid)).to.throw("invalid");
    }
  });

  it("go by position where elements have no key", () => {
    const { page, next } = pageOf(["a", "a", "a"], { limit: 2 }, byPosition, invalid);
    expect(page).to.deep.equal(["a", "a"]);
    const last = pageOf(["a", "a", "a"], { limit: 2, token: next }, byPosition, invalid);
    expect(last).to.deep.equal({ page: ["a"], next: undefined });
  });
});

describe("pages of a list in the order of its keys", () => {
  it("continue after a key, even after one that is gone", () => {
    expect(pageAfter(["c", "a", "b"], { limit: 2 }, self)).to.deep.equal({ page: ["a", "b"], next: "b" });
    expect(pageAfter(["c", "a"], { limit: 2, after: "b" }, self)).to.deep.equal({ page: ["c"], next: undefined });
  });
});
