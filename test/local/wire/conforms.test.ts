import { expect } from "chai";
import fc from "fast-check";
import { conforms } from "../../../local/wire/conforms.ts";
import { violationsOf } from "../../../local/wire/constraints.ts";
import { serviceModel } from "../../../local/wire/model.ts";
import { readTypes } from "../../../local/wire/read-types.ts";

const model = serviceModel("kinesis");
const put = { StreamName: "events", Records: [{ Data: "YQ==", PartitionKey: "key" }] };

/** What the whole check finds wrong, or would change. */
function isAccepted(shapeName: string, params: unknown): boolean {
  try {
    const { params: typed, unknown } = readTypes(model, shapeName, params, {});
    return typed === params && unknown.length === 0 && violationsOf(model, shapeName, typed, {}).length === 0;
  } catch {
    return false;
  }
}

describe("the fast check of parameters against a model", () => {
  it("takes what has the model's types and satisfies its constraints", () => {
    expect(conforms(model, "PutRecordsInput", put)).to.equal(true);
    expect(conforms(model, "GetRecordsInput", { ShardIterator: "iterator", Limit: 10_000 })).to.equal(true);
  });

  it("takes nothing that the whole check refuses or changes", () => {
    const record = put.Records[0];
    const refused = [
      { ...put, StreamName: null },
      { ...put, StreamName: "a b" },
      { ...put, StreamName: "" },
      { ...put, Stranger: 1 },
      { ...put, Records: [] },
      { ...put, Records: {} },
      { ...put, Records: [null] },
      { ...put, Records: [{ ...record, Data: "Y" }] },
      { ...put, Records: [{ ...record, PartitionKey: "k".repeat(257) }] },
      { ...put, Records: [{ PartitionKey: "key" }] },
      { StreamName: "events" },
      [],
      "text",
      null,
    ];
    for (const params of refused) {
      expect(isAccepted("PutRecordsInput", params), JSON.stringify(params)).to.equal(false);
      expect(conforms(model, "PutRecordsInput", params), JSON.stringify(params)).to.equal(false);
    }
    for (const Limit of [0, 10_001, 1.5, 1e12, "1"]) {
      expect(conforms(model, "GetRecordsInput", { ShardIterator: "iterator", Limit }), String(Limit)).to.equal(false);
    }
  });

  it("agrees with the whole check on random parameters", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom("events", "YQ==", "ON_DEMAND", "🦊".repeat(200)));
    const value = fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
    const params = fc.record(
      {
        StreamName: value,
        StreamARN: value,
        Records: fc.array(fc.record({ Data: value, PartitionKey: value })),
        X: value,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(params, (given) => {
        if (conforms(model, "PutRecordsInput", given)) expect(isAccepted("PutRecordsInput", given)).to.equal(true);
      }),
    );
  });
});
