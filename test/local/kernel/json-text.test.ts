import { expect } from "chai";
import { printerOf, withJson } from "../../../local/kernel/json-text.ts";

describe("an object that knows its JSON text", () => {
  it("is printed by that text, and is otherwise the same", () => {
    const known = withJson({ a: 1 }, () => '{"a": 1}');
    expect(printerOf(known)()).to.equal('{"a": 1}');
    expect(known).to.deep.equal({ a: 1 });
    expect(JSON.stringify(known)).to.equal('{"a":1}');
  });

  it("is printed as it is now when it knows none, or is a copy", () => {
    expect(printerOf({ ...withJson({ a: 1 }, () => "old"), a: 2 })()).to.equal('{"a":2}');
  });
});
