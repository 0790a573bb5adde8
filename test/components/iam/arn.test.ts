import { expect } from "chai";
import { accountRootArn, hasWildcard, roleArn } from "../../../components/iam/arn.ts";

describe("ARNs", () => {
  it("builds the ARN of a role with its path, in any partition", () => {
    expect(roleArn("aws", "111111111111", "/", "writer")).to.equal("arn:aws:iam::111111111111:role/writer");
    expect(roleArn("aws-cn", "111111111111", "/a/b/", "writer")).to.equal(
      "arn:aws-cn:iam::111111111111:role/a/b/writer",
    );
    expect(accountRootArn("aws-us-gov", "111111111111")).to.equal("arn:aws-us-gov:iam::111111111111:root");
  });

  it("knows IAM's two wildcards", () => {
    expect(["a*", "?b", "plain", "a+b"].map(hasWildcard)).to.deep.equal([true, true, false, false]);
  });
});
