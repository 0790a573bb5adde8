import { expect } from "chai";
import { accountRootArn, hasWildcard, parseArn, roleArn } from "../../../components/iam/arn.ts";

describe("ARNs", () => {
  it("builds the ARN of a role with its path, in any partition", () => {
    expect(roleArn("aws", "111111111111", "/", "writer")).to.equal("arn:aws:iam::111111111111:role/writer");
    expect(roleArn("aws-cn", "111111111111", "/a/b/", "writer")).to.equal(
      "arn:aws-cn:iam::111111111111:role/a/b/writer",
    );
    expect(accountRootArn("aws-us-gov", "111111111111")).to.equal("arn:aws-us-gov:iam::111111111111:root");
  });

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

  it("knows IAM's two wildcards", () => {
    expect(["a*", "?b", "plain", "a+b"].map(hasWildcard)).to.deep.equal([true, true, false, false]);
  });
});
