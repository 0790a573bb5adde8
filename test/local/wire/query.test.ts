import * as iamClient from "@aws-sdk/client-iam";
import * as snsClient from "@aws-sdk/client-sns";
import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { AwsError } from "../../../local/kernel/errors.ts";
import type { Service } from "../../../local/kernel/service.ts";
import { formTree } from "../../../local/wire/query-form.ts";

describe("An answer of the Query protocol", () => {
  const cloud = new Cloud();
  after(() => cloud.close());

  /** The operations of a service whose answers have no result element, when the operation has nothing to say. */
  const withoutResult = (service: Service) =>
    Object.keys(service.operations)
      .filter((operation) => {
        const answer = String(service.wire.protocol.encode(operation, undefined, "id").body);
        if (!answer.includes("Result>")) return true;
        expect(answer).to.contain(`<${operation}Result></${operation}Result><ResponseMetadata>`);
        return false;
      })
      .sort();

  /** The same, as the schemas of AWS's own SDK have it: they are made from the service's model. */
  const withoutOutput = (service: Service, schemas: Readonly<Record<string, unknown>>) =>
    Object.keys(service.operations)
      .filter((operation) => (schemas[`${operation}$`] as (() => unknown)[])[5]?.() === "unit")
      .sort();

  it("has its result element, be it empty, where the service's model has an output, and only there: SNS and IAM", () => {
    const { sns, iam } = cloud.services;
    expect(withoutResult(sns)).to.deep.equal(withoutOutput(sns, { ...snsClient }));
    expect(withoutResult(iam)).to.deep.equal(withoutOutput(iam, { ...iamClient }));
    // boto3 and the AWS CLI crash without the element of an empty result.
    expect(withoutResult(sns)).to.include("Unsubscribe").and.not.include.members(["TagResource", "UntagResource"]);
    expect(withoutResult(iam)).to.include("DeleteRole").and.not.include("UpdateRole");
  });

  it("has its result element, be it empty, where the service's model has an output, and only there: CloudWatch and STS", () => {
    const { cloudwatch, sts } = cloud.services;
    expect(withoutResult(cloudwatch)).to.deep.equal([
      "DeleteAlarms",
      "DisableAlarmActions",
      "EnableAlarmActions",
      "PutMetricAlarm",
      "PutMetricData",
    ]);
    expect(withoutResult(sts)).to.deep.equal([]);
  });
});

describe("An error of the Query protocol", () => {
  it("is an XML document whatever the client sent: U+FFFD stands for the characters that XML cannot have", () => {
    const cloud = new Cloud();
    const error = new AwsError("InvalidAction", "a\u0000b\u001b\ud800c\uffff <\u00e9\ud83d\ude00>\t");
    const { body } = cloud.services.sns.wire.protocol.encodeError(error, "id");
    expect(String(body)).to.contain("<Message>a\ufffdb\ufffd\ufffdc\ufffd &#60;\u00e9\ud83d\ude00&#62;\t</Message>");
    return cloud.close();
  });
});

describe("A request of the Query protocol", () => {
  it("that nests without end is refused in words", () => {
    for (const path of ["a.".repeat(20_000), "member.1.".repeat(20_000)]) {
      const form = new URLSearchParams([[`${path}x`, "1"]]);
      expect(() => formTree(form))
        .to.throw(AwsError, /^A parameter that begins with \S{40} has \d+ names; 64 are allowed\.$/)
        .with.property("code", "MalformedInput");
    }
  });
});
