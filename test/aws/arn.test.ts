import { expect } from "chai";
import { arnPattern, parseArn } from "../../aws/arn.ts";

describe("ARNs", () => {
  it("reads an ARN whose resource has colons, and one without region and account", () => {
    expect(parseArn("arn:aws:logs:eu-west-1:111111111111:log-group:a:log-stream:b")).to.deep.equal({
      partition: "aws",
      service: "logs",
      region: "eu-west-1",
      accountId: "111111111111",
      resource: "log-group:a:log-stream:b",
    });
    expect(parseArn("arn:aws:s3:::bucket/key")).to.deep.equal({
      partition: "aws",
      service: "s3",
      region: "",
      accountId: "",
      resource: "bucket/key",
    });
  });

  for (const text of [
    "",
    "role/writer",
    "arn:aws:iam::111111111111",
    "arn:aws:iam::111111111111:",
    "urn:aws:iam::1:role/x",
  ])
    it(`refuses "${text}"`, () => {
      expect(() => parseArn(text)).to.throw(`not an ARN: "${text}"`);
    });

  it("match a kind of resource in every partition, with a region of that partition", () => {
    const pattern = arnPattern(
      { service: "kinesis", resource: "stream/.+" },
      { service: "iam", resource: "role/.+", hasRegion: false },
      { service: "s3", resource: "[a-z]+", hasRegion: false, hasAccount: false },
    );
    const right = [
      "arn:aws:kinesis:us-east-1:111111111111:stream/a",
      "arn:aws-cn:kinesis:cn-north-1:111111111111:stream/a",
      "arn:aws-eusc:kinesis:eusc-de-east-1:111111111111:stream/a",
      "arn:aws-iso-f:kinesis:us-isof-east-1:111111111111:stream/a",
      "arn:aws-us-gov:iam::111111111111:role/a",
      "arn:aws-cn:s3:::bucket",
    ];
    expect(right.filter((text) => !pattern.test(text))).to.deep.equal([]);
    const wrong = [
      "arn:aws:kinesis:cn-north-1:111111111111:stream/a",
      "arn:aws-cn:kinesis:us-east-1:111111111111:stream/a",
      "arn:aws-moon:kinesis:us-east-1:111111111111:stream/a",
      "arn:aws:kinesis::111111111111:stream/a",
      "arn:aws:kinesis:us-east-1:1111:stream/a",
      "arn:aws:iam:us-east-1:111111111111:role/a",
      "arn:aws:s3::111111111111:bucket",
      "arn:aws:s3:::bucket/key",
      " arn:aws:s3:::bucket",
    ];
    expect(wrong.filter((text) => pattern.test(text))).to.deep.equal([]);
  });
});
