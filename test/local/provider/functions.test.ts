import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { LocalProvider } from "../../../local/provider/local-provider.ts";
import type { Properties } from "../../../local/resource-types/resource-type.ts";

const { providerFunctions } = new Cloud().registry;

const packageDir = dirname(createRequire(import.meta.url).resolve("@pulumi/aws/package.json"));

/** The outputs that the SDK declares for a function, by name: whether each is always there. */
function declaredOutputs(token: string): ReadonlyMap<string, boolean> {
  const [, path = "", name = ""] = token.split(":");
  const text = readFileSync(join(packageDir, `${path.replace(/^index\//, "")}.d.ts`), "utf8");
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Result`;
  const body = new RegExp(`export interface ${type} \\{([\\s\\S]*?)\\n\\}`).exec(text)?.[1] ?? "";
  const members = [...body.matchAll(/readonly (\w+)(\??):/g)].map(
    ([, member = "", mark]) => [member, mark === ""] as const,
  );
  return new Map(members);
}

describe("the functions of the provider", () => {
  const cloud = new Cloud();
  after(() => cloud.close());
  const invoke = async (tok: string, args: Properties, region = "eu-west-1") => {
    const provider = new LocalProvider({ cloud });
    await provider.configure({ args: { region, allowedAccountIds: ["111111111111"] } });
    return provider.invoke({ tok, args });
  };

  for (const token of providerFunctions.keys()) {
    it(`answer what the SDK declares: ${token}`, async () => {
      const outputs = Object.keys((await invoke(token, {})).return);
      const declared = declaredOutputs(token);
      expect(outputs).to.include.members(
        [...declared].filter(([, isAlwaysThere]) => isAlwaysThere).map(([name]) => name),
      );
      expect([...declared.keys()]).to.include.members(outputs);
    });
  }

  it("know the partition of the provider's region, and account ids there", async () => {
    const partitionOf = async (region: string) =>
      (await invoke("aws:index/getPartition:getPartition", {}, region)).return;
    expect(await partitionOf("us-iso-west-1")).to.deep.equal({
      id: "aws-iso",
      partition: "aws-iso",
      dnsSuffix: "c2s.ic.gov",
      reverseDnsPrefix: "gov.ic.c2s",
    });
    expect(await partitionOf("eusc-de-east-1")).to.deep.equal({
      id: "aws-eusc",
      partition: "aws-eusc",
      dnsSuffix: "amazonaws.eu",
      reverseDnsPrefix: "eu.amazonaws",
    });
    const provider = new LocalProvider({ cloud });
    await provider.configure({ args: { region: "cn-north-1", allowedAccountIds: ["999999999999"] } });
    const { return: identity } = await provider.invoke({
      tok: "aws:index/getCallerIdentity:getCallerIdentity",
      args: {},
    });
    expect(identity).to.include({ arn: "arn:aws-cn:iam::999999999999:user/administrator" });
  });

  describe("getRegion", () => {
    const getRegion = "aws:index/getRegion:getRegion";

    it("finds a region by its name or by its endpoint, and is the provider's own otherwise", async () => {
      const virginia = {
        id: "us-east-1",
        name: "us-east-1",
        region: "us-east-1",
        description: "US East (N. Virginia)",
        endpoint: "ec2.us-east-1.amazonaws.com",
      };
      for (const args of [{ region: "us-east-1" }, { name: "us-east-1" }, { endpoint: virginia.endpoint }]) {
        expect((await invoke(getRegion, args)).return).to.deep.equal(virginia);
      }
      expect((await invoke(getRegion, {})).return).to.include({ region: "eu-west-1" });
      expect((await invoke(getRegion, {}, "cn-north-1")).return).to.include({
        endpoint: "ec2.cn-north-1.amazonaws.com.cn",
      });
      const inEurope = { endpoint: "ec2.eusc-de-east-1.amazonaws.eu" };
      expect((await invoke(getRegion, inEurope)).return).to.include({
        region: "eusc-de-east-1",
        description: "AWS European Sovereign Cloud (Germany)",
        ...inEurope,
      });
      const { failures } = await invoke(getRegion, { endpoint: "ec2.eusc-de-east-1.amazonaws.com" });
      expect(failures[0]?.reason).to.match(/^is not an EC2 endpoint/);
    });

    it("refuses two that are not the same", async () => {
      const { failures } = await invoke(getRegion, { region: "us-east-1", endpoint: "ec2.eu-west-1.amazonaws.com" });
      expect(failures[0]?.reason).to.match(/^multiple Regions matched/);
    });
  });

  describe("getPolicyDocument", () => {
    const getPolicyDocument = "aws:iam/getPolicyDocument:getPolicyDocument";
    const json = async (args: Properties) => (await invoke(getPolicyDocument, args)).return["json"];

    it("prints statements as the real provider does", async () => {
      const statements = [
        {
          sid: "1",
          actions: ["s3:ListAllMyBuckets", "s3:GetBucketLocation"],
          resources: ["arn:aws:s3:::*"],
        },
        {
          actions: ["s3:ListBucket"],
          resources: ["arn:aws:s3:::bucket"],
          conditions: [{ test: "StringLike", variable: "s3:prefix", values: ["", "home/", "home/&{aws:username}/"] }],
        },
        {
          effect: "Deny",
          notActions: ["s3:<"],
          principals: [
            { type: "Service", identifiers: ["lambda.amazonaws.com"] },
            { type: "AWS", identifiers: ["111111111111", "222222222222"] },
          ],
        },
        { actions: ["s3:GetObject"], principals: [{ type: "*", identifiers: ["*"] }], resources: ["*"] },
      ];
      expect(await json({ statements })).to.equal(`{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "1",
      "Effect": "Allow",
      "Action": [
        "s3:ListAllMyBuckets",
        "s3:GetBucketLocation"
      ],
      "Resource": "arn:aws:s3:::*"
    },
    {
      "Effect": "Allow",
      "Action": "s3:ListBucket",
      "Resource": "arn:aws:s3:::bucket",
      "Condition": {
        "StringLike": {
          "s3:prefix": [
            "",
            "home/",
            "home/\${aws:username}/"
          ]
        }
      }
    },
    {
      "Effect": "Deny",
      "NotAction": "s3:\\u003c",
      "Principal": {
        "AWS": [
          "222222222222",
          "111111111111"
        ],
        "Service": "lambda.amazonaws.com"
      }
    },
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "*",
      "Principal": "*"
    }
  ]
}`);
    });

    it("merges other policies: sources under its own statements, overrides over them, by their sids", async () => {
      const text = (sid: string, action: string, version = "2008-10-17") =>
        JSON.stringify({ Version: version, Id: action, Statement: [{ Action: action, Effect: "Allow", Sid: sid }] });
      const merged = await json({
        version: "2008-10-17",
        sourcePolicyDocuments: [text("a", "s3:a"), text("b", "s3:b")],
        statements: [{ sid: "b", actions: ["s3:own"] }],
        overridePolicyDocuments: [text("a", "s3:over", "2012-10-17")],
      });
      expect(JSON.parse(String(merged))).to.deep.equal({
        Version: "2012-10-17",
        Id: "s3:over",
        Statement: [
          { Sid: "a", Effect: "Allow", Action: "s3:over" },
          { Sid: "b", Effect: "Allow", Action: "s3:own" },
        ],
      });
    });

    it("refuses a sid that stands twice, and what it does not have", async () => {
      const statements = [{ sid: "a" }, { sid: "a" }];
      const failure = await json({ statements }).catch((error: Error) => error.message);
      expect(failure).to.match(/duplicate Sid \(a\)/);
      const { failures } = await invoke(getPolicyDocument, { sourceJson: "{}", statements: [{ effect: "Maybe" }] });
      expect(failures.map(({ property }) => property).sort()).to.deep.equal(["sourceJson", "statements[0].effect"]);
    });
  });
});
