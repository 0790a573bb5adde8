import { expect } from "chai";
import { globalRegionOf, partitionOf } from "../../../aws/partitions.ts";
import { ServiceRoles } from "../../../local/accounts/service-role.ts";
import { Cloud } from "../../../local/cloud.ts";
import { ClockMode } from "../../../local/kernel/clock.ts";
import { temporaryRole } from "../../support/iam-clients.ts";

const ACCOUNT = "111111111111";
const SERVICE = { servicePrincipal: { name: "firehose.amazonaws.com", sendsSourceAccount: false }, sessionName: "s" };

describe("the sessions of a service's roles", () => {
  let cloud: Cloud;
  let roles: ServiceRoles;

  beforeEach(() => {
    cloud = new Cloud({ clockMode: ClockMode.Manual });
    roles = new ServiceRoles(cloud, SERVICE);
  });

  afterEach(() => cloud.close());

  const aRole = () =>
    temporaryRole(cloud, ACCOUNT, {
      name: "writer",
      trust: { Effect: "Allow", Principal: { Service: "firehose.amazonaws.com" }, Action: "sts:AssumeRole" },
    });
  const assumed = () => cloud.trace.records().filter(({ call }) => call === "sts:AssumeRole").length;

  it("keeps a session until five minutes before its end", async () => {
    const { arn } = aRole();
    const first = roles.principal(arn, ACCOUNT);
    await cloud.clock.advance(54 * 60_000);
    expect(roles.principal(arn, ACCOUNT)).to.equal(first);
    await cloud.clock.advance(60_000);
    expect(roles.principal(arn, ACCOUNT)).to.not.equal(first);
    expect(assumed()).to.equal(2);
  });

  it("assumes a role again that was deleted and made again, whose old sessions have no permissions", () => {
    const old = aRole();
    const first = roles.principal(old.arn, ACCOUNT);
    old.remove();
    const { arn } = aRole();
    const second = roles.principal(arn, ACCOUNT);
    expect(second.userId).to.not.equal(first.userId);
    expect(roles.principal(arn, ACCOUNT)).to.equal(second);
    expect(assumed()).to.equal(2);
  });

  it("goes on with the session of a role that is gone, which has no permissions", () => {
    const old = aRole();
    const first = roles.principal(old.arn, ACCOUNT);
    old.remove();
    expect(roles.principal(old.arn, ACCOUNT)).to.equal(first);
  });

  it("assumes a role again when it is to forget the session", () => {
    const { arn } = aRole();
    const first = roles.principal(arn, ACCOUNT);
    roles.forget(arn, ACCOUNT);
    expect(roles.principal(arn, ACCOUNT)).to.not.equal(first);
  });

  it("asks in the region of the partition's global services, whose name a trust policy may demand", () => {
    const assume = (region: string, accountId: string) => {
      const role = temporaryRole(
        cloud,
        accountId,
        {
          name: "writer",
          trust: {
            Effect: "Allow",
            Principal: { Service: "firehose.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "aws:RequestedRegion": globalRegionOf(partitionOf(region)) } },
          },
        },
        region,
      );
      return roles.principal(role.arn, accountId).arn;
    };
    expect(assume("eu-west-1", ACCOUNT)).to.match(/^arn:aws:sts::/);
    expect(assume("cn-north-1", "222222222222")).to.match(/^arn:aws-cn:sts::/);
    expect([globalRegionOf("aws"), globalRegionOf("aws-cn")]).to.deep.equal(["us-east-1", "cn-northwest-1"]);
  });
});
