import { expect } from "chai";
import { LocalProvider } from "../../../local/provider/local-provider.ts";
import type { Properties } from "../../../local/resource-types/resource-type.ts";
import { SIGNATURE_KEY, Signature, UNKNOWN } from "../../../local/resource-types/wire-values.ts";
import { failureOf } from "../../support/failure-of.ts";
import { ConfigStage, OTHER, OWN } from "./config-stage.ts";

const account = { region: "us-east-1", allowedAccountIds: `["${OWN}"]` };
const secret = (value: unknown) => ({ [SIGNATURE_KEY]: Signature.Secret, value });
const whoAmI = "aws:index/getCallerIdentity:getCallerIdentity";

describe("the configuration of a provider", () => {
  let stage: ConfigStage;
  let provider: LocalProvider;
  beforeEach(() => {
    stage = new ConfigStage();
    provider = new LocalProvider({ cloud: stage.cloud });
  });
  afterEach(() => stage.close());

  const failures = async (news: Properties) =>
    (await provider.checkConfig({ news })).failures.map(({ property, reason }) => `${property}: ${reason}`);
  const refusal = (args: Properties) => failureOf(provider.configure({ args }));
  /** Who the provider acts as with this configuration, which both engines would have checked. */
  async function identity(args: Properties): Promise<unknown> {
    expect(await failures(args)).to.deep.equal([]);
    await provider.configure({ args });
    return (await provider.invoke({ tok: whoAmI, args: {} })).return["arn"];
  }

  describe("is read", () => {
    it("whether an account is text or a number, and lists are JSON or lists", async () => {
      for (const allowedAccountIds of [
        `["${OTHER}"]`,
        `[${OTHER}]`,
        [OTHER],
        [Number(OTHER)],
        `[${OTHER},"${OTHER}"]`,
      ]) {
        const args = { region: "eu-central-1", allowedAccountIds };
        expect(await identity(args)).to.equal(`arn:aws:iam::${OTHER}:user/administrator`);
      }
      const { return: region } = await provider.invoke({ tok: "aws:index/getRegion:getRegion", args: {} });
      expect(region).to.include({ region: "eu-central-1" });
    });

    it("with flags that say what not to check, and with a version", async () => {
      const flags = {
        skipCredentialsValidation: "false",
        skipMetadataApiCheck: true,
        skipRegionValidation: "true",
        skipRequestingAccountId: false,
        version: "7.48.0",
      };
      expect(await identity({ ...account, ...flags })).to.equal(`arn:aws:iam::${OWN}:user/administrator`);
      expect(await failures({ ...account, skipRegionValidation: "maybe" })).to.deep.equal([
        "skipRegionValidation: must be true or false",
      ]);
      expect(await failures({ ...account, defaultTags: { tags: { team: ["data"] } } })).to.deep.equal([
        "defaultTags.tags.team: must be text",
      ]);
    });

    it("with default tags as JSON, as an object, nested, and with values that YAML takes for numbers", async () => {
      const urn = "urn:pulumi:dev::stage::aws:iam/policy:Policy::page";
      for (const defaultTags of [
        '{"tags":{"team":"data","cost":"12"}}',
        { tags: { team: "data", cost: 12 } },
        { tags: '{"team":"data","cost":12}' },
        '{"tags":{"team":"data","cost":12}}',
      ]) {
        await provider.configure({ args: { ...account, defaultTags } });
        const { properties } = await provider.create({ urn, properties: { name: "a" }, preview: true });
        expect(properties["tagsAll"]).to.deep.equal({ team: "data", cost: "12" });
      }
      expect(await failures({ ...account, defaultTags: '{"team":"data"}' })).to.deep.equal([
        "defaultTags.team: The local cloud does not support this argument in the provider's configuration.",
      ]);
    });
  });

  describe("is refused by name,", () => {
    it("all of it at once", async () => {
      const args = {
        accessKey: "AKIA",
        allowedAccountIds: "[12]",
        region: "mars-1",
        assumeRoles: '[{"roleArn":"deployer","duration":"1m"},{"externalId":"e","tags":{}}]',
        profile: "default",
      };
      expect(await failures(args)).to.have.members([
        "region: is not a region such as us-east-1",
        "allowedAccountIds[0]: an account id has twelve digits; write it in quotes",
        "assumeRoles[0].roleArn: is not the ARN of a role",
        'assumeRoles[0].duration: duration "1m" must be between 15 minutes (15m) and 12 hours (12h), inclusive',
        "assumeRoles[1].roleArn: is missing: the ARN of the role",
        "assumeRoles[1].externalId: must be 2 to 1,224 characters of [\\w+=,.@:/-]",
        "assumeRoles[1].tags: The local cloud does not support this argument in the provider's configuration.",
        "profile: The local cloud does not support this argument in the provider's configuration. It supports: accessKey, " +
          "allowedAccountIds, assumeRoles, defaultTags, forbiddenAccountIds, region, secretKey, skipCredentialsValidation, " +
          "skipMetadataApiCheck, skipRegionValidation, skipRequestingAccountId, token, version.",
        "secretKey: is missing, but accessKey is given: credentials are accessKey and secretKey, and for a session also token",
      ]);
      const lines = (await refusal(args)).split("\n");
      expect(lines)
        .to.have.length(9)
        .and.satisfy((all: string[]) => all.every((line) => line.startsWith("aws:")));
    });

    it("each argument of the real provider that the local cloud does not have", async () => {
      for (const name of ["assumeRoleWithWebIdentity", "endpoints", "ignoreTags", "maxRetries", "sharedConfigFiles"]) {
        expect((await failures({ ...account, [name]: "[]" }))[0]).to.match(
          new RegExp(
            `^${name}: The local cloud does not support this argument in the provider's configuration\\. It supports: `,
          ),
        );
      }
      expect(await failures({ ...account, assumeRole: '{"roleArn":"a"}' })).to.deep.equal([
        "assumeRole: is not an argument of the provider any more: use assumeRoles, which is a list",
      ]);
    });

    it("when nothing says the region or the account, with what to type", async () => {
      expect(await failures({ allowedAccountIds: account.allowedAccountIds })).to.deep.equal([
        "region: the region is missing: pulumi config set aws:region us-east-1",
      ]);
      for (const allowedAccountIds of [undefined, "[]"]) {
        expect((await failures({ region: "us-east-1", allowedAccountIds }))[0]).to.match(
          /^allowedAccountIds: the account is missing: .*pulumi config set --path 'aws:allowedAccountIds\[0\]' 111111111111.*accessKey/,
        );
      }
      expect(await failures({ region: "us-east-1", allowedAccountIds: `["${OWN}","${OTHER}"]` })).to.deep.equal([
        "allowedAccountIds: must name exactly one account, and names 2: it decides where the resources are made, unless accessKey and secretKey do",
      ]);
      expect(await failures({ ...account, forbiddenAccountIds: `["${OTHER}"]` })).to.deep.equal([
        "forbiddenAccountIds: conflicts with allowedAccountIds: give one of them",
      ]);
      expect(await failures({ region: "us-east-1", allowedAccountIds: OWN })).to.deep.equal([
        'allowedAccountIds: must be a list of account ids, such as ["111111111111"]',
      ]);
    });

    it("as far as a preview knows it", async () => {
      expect(await failures({ ...account, assumeRoles: UNKNOWN, profile: "a" })).to.have.length(1);
      expect(await failures({ region: UNKNOWN, allowedAccountIds: UNKNOWN, accessKey: UNKNOWN })).to.deep.equal([
        "secretKey: is missing, but accessKey is given: credentials are accessKey and secretKey, and for a session also token",
      ]);
      expect(await failures({ region: UNKNOWN, allowedAccountIds: UNKNOWN })).to.deep.equal([]);
    });
  });

  describe("with credentials", () => {
    it("acts as their principal, in its account", async () => {
      const { accessKeyId, secretAccessKey } = stage.keysOf(OTHER);
      const keys = { accessKey: secret(accessKeyId), secretKey: secret(secretAccessKey) };
      expect(await identity({ region: "us-east-1", ...keys })).to.equal(`arn:aws:iam::${OTHER}:user/administrator`);
      const both = { allowedAccountIds: `["${OWN}","${OTHER}"]` };
      expect(await identity({ region: "us-east-1", ...both, ...keys })).to.match(/222222222222/);
      const role = stage.role("writer", OTHER, {});
      const session = stage.sessionOf(role.arn);
      const token = { accessKey: session.accessKeyId, secretKey: session.secretAccessKey, token: session.sessionToken };
      expect(await identity({ region: "us-east-1", ...token })).to.equal(
        `arn:aws:sts::${OTHER}:assumed-role/writer/test`,
      );
    });

    it("is refused in AWS's words when they are wrong or expired, and never shows them", async () => {
      const { accessKeyId, secretAccessKey } = stage.keysOf(OWN);
      const session = stage.sessionOf(stage.role("writer", OWN, {}).arn);
      const told = async (accessKey: string, secretKey: string, token?: string) => {
        const args = { region: "us-east-1", accessKey: secret(accessKey), secretKey: secret(secretKey), token };
        expect(await failures(args)).to.deep.equal([]);
        const message = await refusal(args);
        for (const value of [secretKey, token ?? secretKey]) expect(message).to.not.include(value);
        expect(JSON.stringify(stage.cloud.trace.records())).to.not.include(secretKey);
        return /^validating provider credentials: .*operation error STS: GetCallerIdentity, .* api error (\w+): /.exec(
          message,
        )?.[1];
      };
      expect(await told("AKIAUNKNOWN", secretAccessKey)).to.equal("InvalidClientTokenId");
      expect(await told(accessKeyId, "not-the-secret")).to.equal("SignatureDoesNotMatch");
      expect(await told(session.accessKeyId, session.secretAccessKey)).to.equal("InvalidClientTokenId");
      expect(await told(session.accessKeyId, session.secretAccessKey, "not-the-token")).to.equal(
        "InvalidClientTokenId",
      );
      await stage.cloud.clock.advance(901_000);
      expect(await told(session.accessKeyId, session.secretAccessKey, session.sessionToken)).to.equal("ExpiredToken");
    });

    it("does not show them in a mistake about them", async () => {
      const told = await failures({ ...account, accessKey: "AKIA", secretKey: secret(["hush"]) });
      expect(told).to.deep.equal([": secretKey: must be text"]);
    });

    it("fails in the wrong account, allowed or forbidden", async () => {
      const { accessKeyId: accessKey, secretAccessKey: secretKey } = stage.keysOf(OTHER);
      expect(await refusal({ ...account, accessKey, secretKey })).to.equal(
        `AWS account ID not allowed: ${OTHER} (allowedAccountIds names ${OWN}; credentials and roles lead to ${OTHER})`,
      );
      const forbiddenAccountIds = `[${OTHER}]`;
      expect(await refusal({ region: "us-east-1", accessKey, secretKey, forbiddenAccountIds })).to.equal(
        `AWS account ID not allowed: ${OTHER} (forbiddenAccountIds names ${OTHER}; credentials and roles lead to ${OTHER})`,
      );
    });
  });

  describe("with roles", () => {
    const roles = (...list: object[]) => JSON.stringify(list);

    it("acts as the last one's session, and asks STS for each", async () => {
      const first = stage.role("first", OWN, { Principal: { AWS: OWN } });
      const second = stage.role("second", OTHER, {
        Principal: { AWS: first.arn },
        Condition: { StringEquals: { "sts:ExternalId": "right" } },
      });
      stage.mayAssume(first, second.arn);
      const { accessKeyId: accessKey, secretAccessKey: secretKey } = stage.keysOf(OWN);
      const assumeRoles = roles(
        { roleArn: first.arn, sessionName: "one" },
        { roleArn: second.arn, sessionName: "two", externalId: "right", duration: "59m60s" },
      );
      const args = { region: "us-east-1", accessKey, secretKey, allowedAccountIds: `["${OTHER}"]`, assumeRoles };
      expect(await identity(args)).to.equal(`arn:aws:sts::${OTHER}:assumed-role/second/two`);
      const asked = stage.cloud.trace.records().filter(({ call }) => call === "sts:AssumeRole");
      expect(asked.map(({ principal, authorizations }) => [principal, authorizations[0]?.resource])).to.deep.equal([
        [`arn:aws:iam::${OWN}:user/administrator`, first.arn],
        [`arn:aws:sts::${OWN}:assumed-role/first/one`, second.arn],
      ]);
    });

    it("has a session of a quarter of an hour, and of a name that the SDK makes", async () => {
      const role = stage.role("deployer", OWN, { Principal: { AWS: OWN } });
      expect(await identity({ ...account, assumeRoles: roles({ roleArn: role.arn }) })).to.match(
        /:assumed-role\/deployer\/aws-go-sdk-\d{19}$/,
      );
      const [session] = stage.sessions();
      expect(session?.credentials.expiresAt).to.equal(stage.cloud.clock.now() + 900_000);
    });

    it("is refused in AWS's words by a trust policy, an external id, a duration, a session policy, or a role's own account", async () => {
      const deny = stage.role("closed", OWN, { Principal: { Service: "lambda.amazonaws.com" } });
      const denied = (arn: string, who = `arn:aws:iam::${OWN}:user/administrator`) =>
        `Cannot assume IAM Role: IAM Role (${arn}) cannot be assumed. operation error STS: AssumeRole, https response error StatusCode: 403, ` +
        `api error AccessDenied: User: ${who} is not authorized to perform: sts:AssumeRole on resource: ${arn}`;
      expect(await refusal({ ...account, assumeRoles: roles({ roleArn: deny.arn }) })).to.equal(denied(deny.arn));
      const pinned = stage.role("pinned", OWN, {
        Principal: { AWS: OWN },
        Condition: { StringEquals: { "sts:ExternalId": "right" } },
      });
      expect(await refusal({ ...account, assumeRoles: roles({ roleArn: pinned.arn, externalId: "wrong" }) })).to.equal(
        denied(pinned.arn),
      );
      const right = { roleArn: pinned.arn, externalId: "right" };
      expect(await refusal({ ...account, assumeRoles: roles({ ...right, duration: "3h" }) })).to.include(
        "StatusCode: 400, api error ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role",
      );
      const policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
      expect(await failures({ ...account, assumeRoles: roles({ ...right, policy }) })).to.have.length(1);
      const gone = `arn:aws:iam::${OTHER}:role/gone`;
      expect(await refusal({ ...account, assumeRoles: roles({ roleArn: gone }) })).to.equal(
        `${denied(gone)}. The local cloud has no such role: make it there (\`aws iam create-role\`), or leave assumeRoles out while you deploy to the local cloud.`,
      );
    });

    it("fails when they lead into an account that is not allowed", async () => {
      const role = stage.role("deployer", OTHER, { Principal: { AWS: OWN } });
      expect(await refusal({ ...account, assumeRoles: roles({ roleArn: role.arn }) })).to.match(
        new RegExp(`^AWS account ID not allowed: ${OTHER} `),
      );
    });
  });

  describe("when it changes,", () => {
    const change = (olds: Properties, news: Properties) => provider.diffConfig({ olds, news });

    it("says so, and no more where the account and the region stay", async () => {
      expect(await change(account, account)).to.deep.include({ changes: "none", diffs: [], replaces: [] });
      const { accessKeyId, secretAccessKey } = stage.keysOf(OWN);
      const keys = { accessKey: secret(accessKeyId), secretKey: secret(secretAccessKey) };
      const roleArn = `arn:aws:iam::${OWN}:role/deployer`;
      for (const more of [{ defaultTags: "{}" }, keys, { assumeRoles: `[{"roleArn":"${roleArn}"}]` }]) {
        const diff = await change(account, { ...account, ...more });
        expect(diff).to.deep.include({ changes: "some", diffs: Object.keys(more), replaces: [] });
      }
      const rotated = { ...account, ...keys, secretKey: secret("another") };
      expect(await change({ ...account, ...keys }, rotated)).to.deep.include({ diffs: ["secretKey"], replaces: [] });
    });

    it("replaces everything for another account or region, by whichever argument", async () => {
      const other = { ...account, allowedAccountIds: `["${OTHER}"]` };
      expect((await change(account, other)).replaces).to.deep.equal(["allowedAccountIds"]);
      const { accessKeyId: accessKey, secretAccessKey: secretKey } = stage.keysOf(OTHER);
      expect((await change(account, { region: "us-east-1", accessKey, secretKey })).replaces).to.deep.equal([
        "accessKey",
        "allowedAccountIds",
      ]);
      const assumeRoles = `[{"roleArn":"arn:aws:iam::${OTHER}:role/deployer"}]`;
      expect((await change(account, { ...account, assumeRoles })).replaces).to.deep.equal(["assumeRoles"]);
      expect((await change(account, { ...account, region: "us-east-2" })).replaces).to.deep.equal(["region"]);
    });

    it("replaces nothing for unknown values, old or new", async () => {
      expect(await change(account, { ...account, assumeRoles: UNKNOWN })).to.deep.include({
        changes: "some",
        replaces: [],
      });
      const gone = { region: "us-east-1", accessKey: "AKIAOFYESTERDAY", secretKey: "s" };
      expect(await change(gone, account)).to.deep.include({ changes: "some", replaces: [] });
    });
  });
});
