import { expect } from "chai";
import { compileModel } from "../../../../local/services/apigateway/models.ts";

const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;

describe("a model of the local API Gateway", () => {
  it("takes a body of any depth where it asks for an object only", () => {
    expect(compileModel("Event", '{"type":"object"}')(`{"x":${deep}}`)).to.equal(undefined);
  });

  it("refuses a body that is too deep for what it compares or quotes, and does not fall over it", () => {
    const refused = "[Unknown error parsing request body]";
    expect(compileModel("Unique", '{"uniqueItems":true}')(`[${deep},${deep}]`)).to.equal(refused);
    expect(compileModel("One", '{"properties":{"x":{"enum":["a"]}}}')(`{"x":${deep}}`)).to.equal(refused);
    expect(compileModel("One", '{"properties":{"x":{"enum":["a"]}}}')('{"x":"b"}')).to.equal(
      '[instance value ("b") not found in enum (possible values: ["a"])]',
    );
  });
});
