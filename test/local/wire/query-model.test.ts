import { expect } from "chai";
import { type ServiceModel, serviceModel } from "../../../local/wire/model.ts";
import { queryProtocol } from "../../../local/wire/query.ts";
import { formTree, readForm } from "../../../local/wire/query-form.ts";

const cloudWatch = serviceModel("cloudwatch");
const sns = serviceModel("sns");

/** Parameters of a form, read by the input of an operation. */
const read = (model: ServiceModel, operation: string, form: Readonly<Record<string, string>>) =>
  readForm(model, model.operations[operation]?.input, formTree(new URLSearchParams(form)));

/** A small service with what no service here has yet: flattened lists and maps, and names of their own. */
const flat: ServiceModel = {
  source: "a test",
  metadata: { apiVersion: "2000-01-01", protocols: ["query"], xmlNamespace: "urn:test" },
  operations: { Do: { input: "In", output: "In" } },
  shapes: {
    In: {
      type: "structure",
      members: { Names: { shape: "Names", locationName: "Name" }, Pairs: { shape: "Pairs", locationName: "Pair" } },
    },
    Names: { type: "list", flattened: true, member: { shape: "Text" } },
    Pairs: {
      type: "map",
      flattened: true,
      key: { shape: "Text", locationName: "K" },
      value: { shape: "Number", locationName: "V" },
    },
    Text: { type: "string" },
    Number: { type: "integer" },
  },
  errors: {},
};

describe("A form of the Query protocol", () => {
  it("has lists in the order of their positions, structures, numbers, truth values and times as the model says", () => {
    const form = {
      Action: "PutMetricData",
      Version: "2010-08-01",
      Namespace: "1",
      "MetricData.member.2.MetricName": "b",
      "MetricData.member.10.MetricName": "c",
      "MetricData.member.1.MetricName": "a",
      "MetricData.member.1.Value": "1.5",
      "MetricData.member.1.Timestamp": "2026-01-31T12:00:00.250Z",
      "MetricData.member.1.Values.member.1": "7",
      StrictEntityValidation: "True",
    };
    expect(read(cloudWatch, "PutMetricData", form)).to.deep.equal({
      Namespace: "1",
      MetricData: [
        { MetricName: "a", Value: 1.5, Timestamp: 1_769_860_800.25, Values: [7] },
        { MetricName: "b" },
        { MetricName: "c" },
      ],
      StrictEntityValidation: true,
    });
  });

  it("has maps under the names that the model has for keys and values", () => {
    const form = {
      "MessageAttributes.entry.1.Name": "color",
      "MessageAttributes.entry.1.Value.DataType": "String",
      "MessageAttributes.entry.1.Value.StringValue": "7",
    };
    expect(read(sns, "Publish", form)).to.deep.equal({
      MessageAttributes: { color: { DataType: "String", StringValue: "7" } },
    });
    expect(read(flat, "Do", { "Name.2": "b", "Name.1": "a", "Pair.1.K": "k", "Pair.1.V": "3" })).to.deep.equal({
      Names: ["a", "b"],
      Pairs: { k: 3 },
    });
  });

  it("has empty lists, maps and structures where nothing is said, and keeps what the model does not have", () => {
    expect(read(sns, "TagResource", { ResourceArn: "", Tags: "" })).to.deep.equal({ ResourceArn: "", Tags: [] });
    expect(read(sns, "Publish", { MessageAttributes: "", "Foo.Bar": "1" })).to.deep.equal({
      MessageAttributes: {},
      Foo: { Bar: "1" },
    });
  });

  it("is refused for what is no number, no truth value, no time, or an entry without a key", () => {
    const refused = (form: Readonly<Record<string, string>>, words: string) =>
      expect(() => read(cloudWatch, "PutMetricData", form))
        .to.throw(words)
        .with.property("code", "MalformedInput");
    refused({ "MetricData.member.1.Value": "many" }, "The value many of MetricData.1.Value is not a number.");
    refused({ StrictEntityValidation: "yes" }, "The value yes of StrictEntityValidation is neither true nor false.");
    refused({ "MetricData.member.1.Timestamp": "now" }, "The value now of MetricData.1.Timestamp is not a time.");
    expect(() => read(sns, "Publish", { "MessageAttributes.entry.1.Value.DataType": "String" })).to.throw(
      "MessageAttributes.entry.1 has no key.",
    );
  });
});

describe("An answer of the Query protocol, by its model", () => {
  const body = (model: ServiceModel, operation: string, output: unknown) =>
    /<\w+Result>(.*)<\/\w+Result>/.exec(String(queryProtocol(model).encode(operation, output, "id").body))?.[1];

  it("has lists, maps and times as the model says, and escapes what XML means", () => {
    const Datapoints = [{ Timestamp: 1_769_860_800.25, Sum: 2 }];
    expect(body(cloudWatch, "GetMetricStatistics", { Label: "<a&b>", Datapoints, Foo: undefined })).to.equal(
      "<Label>&#60;a&#38;b&#62;</Label><Datapoints><member><Timestamp>2026-01-31T12:00:00.250Z</Timestamp><Sum>2</Sum></member></Datapoints>",
    );
    expect(body(sns, "GetTopicAttributes", { Attributes: { Owner: "1" } })).to.equal(
      "<Attributes><entry><key>Owner</key><value>1</value></entry></Attributes>",
    );
    expect(body(flat, "Do", { Names: ["a", "b"], Pairs: { k: 3 } })).to.equal(
      "<Name>a</Name><Name>b</Name><Pair><K>k</K><V>3</V></Pair>",
    );
  });

  it("cannot have a member that the model does not have: no client would read it", () => {
    expect(() => body(sns, "GetTopicAttributes", { Attribute: {} })).to.throw(
      "GetTopicAttributesResponse has no Attribute",
    );
  });
});
