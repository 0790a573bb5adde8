import { expect } from "chai";
import { isStaleCredentials, judge, Verdict } from "../../../functions/shared/aws-errors.ts";
import { awsError } from "../support/aws-error.ts";

describe("judge", () => {
  for (const [name, status] of [
    ["ProvisionedThroughputExceededException", 400],
    ["ThrottlingException", 400],
    ["RequestLimitExceeded", 400],
    ["ReplicatedWriteConflictException", 400],
    ["SlowDown", 503],
    ["ServiceUnavailableException", 503],
    ["TimeoutError", 0],
    ["RequestTimeTooSkewed", 403],
    ["SomethingNew", 500],
    ["SomethingNew", 429],
  ] as const) {
    it(`retries ${name} (${status})`, () => {
      expect(judge(awsError(name, { status }))).to.equal(Verdict.Retry);
    });
  }

  for (const code of ["ECONNRESET", "ECONNREFUSED", "EPIPE", "ETIMEDOUT"]) {
    it(`retries a connection that ends with ${code}`, () => {
      expect(judge(Object.assign(new Error("socket"), { code }))).to.equal(Verdict.Retry);
    });
  }

  it("retries a signature that is refused for the clock, and fails for any other", () => {
    const skewed = "Signature expired: 20261121T110000Z is now earlier than 20261121T115500Z";
    expect(judge(awsError("InvalidSignatureException", { message: skewed }))).to.equal(Verdict.Retry);
    const wrong = "The request signature we calculated does not match the signature you provided.";
    expect(judge(awsError("InvalidSignatureException", { message: wrong }))).to.equal(Verdict.Fail);
  });

  for (const message of [
    "One or more parameter values were invalid: Type mismatch for Index Key userId Expected: S Actual: N IndexName: byUser",
    "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: byUser, IndexKey: userId",
    "Item size has exceeded the maximum allowed size",
    "Provided list of item keys contains duplicates",
  ]) {
    it(`lays a refusal on the item: ${message.slice(0, 70)}`, () => {
      expect(judge(awsError("ValidationException", { message }))).to.equal(Verdict.Park);
    });
  }

  for (const message of [
    "The provided key element does not match the schema",
    "One or more parameter values were invalid: Missing the key id in the item",
    "One or more parameter values were invalid: Type mismatch for key sequenceNumber expected: N actual: S",
  ]) {
    it(`lays a refusal on the table: ${message}`, () => {
      expect(judge(awsError("ValidationException", { message }))).to.equal(Verdict.Fail);
    });
  }

  for (const name of ["AccessDeniedException", "ResourceNotFoundException", "ExpiredTokenException", "NoSuchBucket"]) {
    it(`fails on ${name}`, () => {
      expect(judge(awsError(name))).to.equal(Verdict.Fail);
    });
  }

  it("fails on what is not an AWS error", () => {
    expect(judge(new TypeError("x is undefined"))).to.equal(Verdict.Fail);
    expect(judge(undefined)).to.equal(Verdict.Fail);
  });
});

describe("isStaleCredentials", () => {
  it("tells sessions that ended from access that is refused", () => {
    const stale = ["ExpiredTokenException", "ExpiredToken", "UnrecognizedClientException", "InvalidClientTokenId"];
    for (const name of stale) expect(isStaleCredentials(awsError(name)), name).to.equal(true);
    for (const name of ["AccessDeniedException", "ValidationException"]) {
      expect(isStaleCredentials(awsError(name)), name).to.equal(false);
    }
  });
});
