import { expect } from "chai";
import { NotSupportedError } from "../../../local/kernel/errors.ts";
import { customerKey, keyAuthorization, WRITE_ACTIONS } from "../../../local/kernel/kms.ts";

const owner = { accountId: "111111111111", region: "us-gov-west-1" };
const KEY = "arn:aws-us-gov:kms:us-gov-west-1:111111111111:key/1234";

describe("the key of a resource", () => {
  it("is asked for by its ARN, for each action", () => {
    const context = { "kms:ViaService": "sqs.us-gov-west-1.amazonaws.com" };
    expect(keyAuthorization(WRITE_ACTIONS, "1234", owner, context)).to.deep.equal([
      { action: "kms:GenerateDataKey", resource: KEY, context },
      { action: "kms:Decrypt", resource: KEY, context },
    ]);
  });

  it("needs no permission when AWS manages it, or when there is none", () => {
    for (const key of ["alias/aws/sqs", "", undefined]) {
      expect(keyAuthorization(WRITE_ACTIONS, key, owner, {})).to.deep.equal([]);
      expect(customerKey(key, "alias/aws/sqs")).to.equal(undefined);
    }
    expect(customerKey(KEY, "alias/aws/sqs")).to.equal(KEY);
  });

  it("cannot be named by an alias of one's own", () => {
    expect(() => customerKey("alias/mine", "alias/aws/sqs")).to.throw(NotSupportedError, "alias/mine");
  });
});
