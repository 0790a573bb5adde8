import { expect } from "chai";
import { Cloud } from "../../local/cloud.ts";
import { temporaryRole } from "../support/iam-clients.ts";

const ACCOUNT = "111111111111";
const PLACE = { accountId: ACCOUNT, region: "us-east-1" };
const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };

describe("how services reach each other", () => {
  let cloud: Cloud;

  beforeEach(() => {
    cloud = new Cloud();
  });

  afterEach(() => cloud.close());

  it("finds resources by ARN, and says which service cannot", () => {
    const { arn } = cloud.services.secretsmanager.store.make("orders", PLACE, {});
    expect(cloud.calls.find(arn)).to.include(PLACE);
    expect(cloud.calls.find(`${arn}-of-nobody`)).to.equal(undefined);
    expect(cloud.calls.find("arn:aws:ec2:us-east-1:111111111111:vpc/vpc-1")).to.equal(undefined);
    expect(() => cloud.calls.find("arn:aws:lambda:us-east-1:111111111111:function:orders")).to.throw(
      "lambda has no find, so nobody knows whether arn:aws:lambda:us-east-1:111111111111:function:orders exists",
    );
  });

  it("says what a call would be asked and refused, and does and records nothing", () => {
    const { session } = temporaryRole(cloud, ACCOUNT, {
      name: "reader",
      trust,
    });
    const before = cloud.trace.records().length;
    const params = { QueueName: "orders" };
    const request = {
      service: "sqs",
      operation: "GetQueueUrl",
      params,
      principal: session.principal,
      region: "us-east-1",
    };
    const { asked, refused } = cloud.calls.mayCall(request);
    expect(asked.map(({ action }) => action)).to.deep.equal(["sqs:GetQueueUrl"]);
    expect(refused).to.deep.equal(asked);
    expect(cloud.trace.records()).to.have.length(before);
  });
});
