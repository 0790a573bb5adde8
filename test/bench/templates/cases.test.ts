import { expect } from "chai";
import { templateCases } from "../../../bench/templates/cases.ts";
import { renderRequest } from "../../../bench/templates/render.ts";
import { compileTemplate } from "../../../local/services/apigateway/vtl/template.ts";

const rendered = (name: string, events: number) => {
  const found = templateCases.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no template "${name}"`);
  return JSON.parse(renderRequest(compileTemplate(found.template), found.body(events))) as Record<string, unknown>;
};

describe("bench/templates/cases", () => {
  it("renders every request into as many records as there are events", () => {
    for (const { name, isBatch } of templateCases.filter((each) => each.name.startsWith("request: "))) {
      const request = rendered(name, 20);
      if (isBatch) expect(request["Records"], name).to.have.length(20);
      else expect(request, name).to.have.keys("StreamName", "Data", "PartitionKey");
    }
  });

  it("renders every answer of a batch into as many results as there are records", () => {
    expect(rendered("answer: batch, all stored", 20)).to.include({ accepted: 20, failed: 0 });
    expect(rendered("answer: batch, half throttled", 20)).to.include({ accepted: 10, failed: 10 });
  });

  it("renders an answer for one event and for each refusal", () => {
    expect(rendered("answer: one event", 1)).to.have.keys("sequenceNumber", "shardId");
    for (const name of ["answer: throttled", "answer: bad partition key", "answer: failed"]) {
      expect(rendered(name, 1), name).to.have.property("message");
    }
  });
});
