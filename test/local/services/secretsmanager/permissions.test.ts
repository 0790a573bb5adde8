import {
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  PutResourcePolicyCommand,
  type SecretsManagerClient,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { expect } from "chai";
import type { Principal } from "../../../../local/kernel/principal.ts";
import { failureOf } from "../../../support/failure-of.ts";
import { STAGE_ACCOUNT } from "../../../support/service-stage.ts";
import { SecretsStage } from "./secrets-stage.ts";

const token = (digit: number) => `${digit}`.repeat(32);
const KEY = `arn:aws:kms:us-east-1:${STAGE_ACCOUNT}:key/1234`;
const OTHER_ACCOUNT = "222222222222";

describe("Who may do what with secrets", () => {
  let stage: SecretsStage;
  let client: SecretsManagerClient;
  let arn = "";

  beforeEach(async () => {
    stage = await SecretsStage.start();
    client = stage.client();
    const Tags = [{ Key: "team", Value: "data" }];
    const made = await client.send(new CreateSecretCommand({ Name: "login", SecretString: "v1", Tags }));
    arn = made.ARN ?? "";
  });
  afterEach(() => stage.close());

  const refusal = async (principal: Principal, operation: string, params: object = {}) => {
    try {
      await stage.call("secretsmanager", operation, { SecretId: "login", ...params }, principal);
      return "none";
    } catch (error) {
      return (error as Error).name;
    }
  };
  const policy = (principal: unknown, action = "GetSecretValue") =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: principal, Action: `secretsmanager:${action}`, Resource: "*" }],
    });
  const setPolicy = (ResourcePolicy: string, more: object = {}) =>
    client.send(new PutResourcePolicyCommand({ SecretId: "login", ResourcePolicy, ...more }));

  it("asks for the action on the secret's ARN, which a name and a pattern for its six characters fit", async () => {
    const reader = await stage.role("reader", {
      Action: "secretsmanager:GetSecretValue",
      Resource: arn.replace(/.{6}$/, "??????"),
    });
    expect(await refusal(reader, "GetSecretValue")).to.equal("none");
    expect(await refusal(reader, "DescribeSecret")).to.equal("AccessDeniedException");
    expect(await refusal(reader, "GetSecretValue", { SecretId: "login2" })).to.equal("AccessDeniedException");
    expect(await stage.refusal("secretsmanager", "DescribeSecret", { SecretId: "login" }, reader)).to.deep.equal({
      code: "AccessDeniedException",
      message: `User: ${reader.arn} is not authorized to perform: secretsmanager:DescribeSecret on resource: ${arn} because no identity-based policy allows the secretsmanager:DescribeSecret action`,
    });
    const writer = await stage.role("writer", {
      Action: "secretsmanager:CreateSecret",
      Resource: arn.replace(/login-.*/, "app/*"),
    });
    const create = (Name: string) =>
      refusal(writer, "CreateSecret", { SecretId: undefined, Name, ClientRequestToken: token(2) });
    expect([await create("app/one"), await create("two")]).to.deep.equal(["none", "AccessDeniedException"]);
  });

  it("fills the condition keys: the version's stage, the secret's tags and id, and the parameters", async () => {
    const get = { Action: "secretsmanager:GetSecretValue", Resource: "*" };
    const current = await stage.role("current", {
      ...get,
      Condition: { "ForAnyValue:StringEquals": { "secretsmanager:VersionStage": "AWSCURRENT" } },
    });
    expect(await refusal(current, "GetSecretValue")).to.equal("none");
    expect(await refusal(current, "GetSecretValue", { VersionStage: "AWSPREVIOUS" })).to.equal("AccessDeniedException");
    expect(await refusal(current, "GetSecretValue", { VersionId: token(1) })).to.equal("AccessDeniedException");
    const conditions = {
      team: { "secretsmanager:ResourceTag/team": ["data"] },
      others: { "secretsmanager:ResourceTag/team": ["other"] },
      one: { "secretsmanager:SecretId": arn },
    };
    const answers: string[] = [];
    for (const [name, StringEquals] of Object.entries(conditions)) {
      answers.push(await refusal(await stage.role(name, { ...get, Condition: { StringEquals } }), "GetSecretValue"));
    }
    expect(answers).to.deep.equal(["none", "AccessDeniedException", "none"]);
    const slow = await stage.role("slow", {
      Action: "secretsmanager:DeleteSecret",
      Resource: "*",
      Condition: { NumericGreaterThanEquals: { "secretsmanager:RecoveryWindowInDays": 14 } },
    });
    expect(await refusal(slow, "DeleteSecret", { RecoveryWindowInDays: 7 })).to.equal("AccessDeniedException");
    expect(await refusal(slow, "DeleteSecret", { RecoveryWindowInDays: 14 })).to.equal("none");
  });

  it("asks for a key of one's own: to decrypt for reading, to make data keys too for writing", async () => {
    const change = { SecretId: "login", KmsKeyId: KEY, SecretString: "v2", ClientRequestToken: token(2) };
    await client.send(new UpdateSecretCommand(change));
    const reader = await stage.role("reader", { Action: "secretsmanager:*", Resource: "*" });
    expect(await refusal(reader, "DescribeSecret")).to.equal("none");
    expect(await refusal(reader, "GetSecretValue")).to.equal("AccessDeniedException");
    const decrypter = await stage.role(
      "decrypter",
      { Action: "secretsmanager:*", Resource: "*" },
      {
        Action: "kms:Decrypt",
        Resource: KEY,
        Condition: {
          StringEquals: {
            "kms:EncryptionContext:SecretARN": arn,
            "kms:EncryptionContext:SecretVersionId": token(2),
            "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com",
          },
        },
      },
    );
    expect(await refusal(decrypter, "GetSecretValue")).to.equal("none");
    const put = { SecretString: "v3", ClientRequestToken: token(3) };
    expect(await refusal(decrypter, "PutSecretValue", put)).to.equal("AccessDeniedException");
    const writer = await stage.role(
      "writer",
      { Action: "secretsmanager:*", Resource: "*" },
      { Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: KEY },
    );
    expect(await refusal(writer, "PutSecretValue", put)).to.equal("none");
  });

  it("evaluates the secret's own policy, within the account and for others", async () => {
    const stranger = await stage.role("stranger");
    await setPolicy(policy({ AWS: String(stranger.roleArn) }));
    expect(await refusal(stranger, "GetSecretValue")).to.equal("none");
    expect(await refusal(stranger, "DescribeSecret")).to.equal("AccessDeniedException");

    const other = stage.client(OTHER_ACCOUNT);
    const read = () => other.send(new GetSecretValueCommand({ SecretId: arn }));
    expect(await failureOf(read())).to.match(/no resource-based policy allows/);
    await setPolicy(policy({ AWS: OTHER_ACCOUNT }));
    // Recorded on AWS by localstack.
    expect(await failureOf(read())).to.equal(
      "You can't access a secret from a different AWS account if you encrypt the secret with the default KMS service key.",
    );
    await client.send(new UpdateSecretCommand({ SecretId: "login", KmsKeyId: KEY }));
    expect(await failureOf(read())).to.match(/kms:Decrypt/);
  });

  it("keeps a policy as it was written, and says what is wrong with one", async () => {
    const text = policy({ AWS: OTHER_ACCOUNT });
    await setPolicy(text);
    const get = async () => (await client.send(new GetResourcePolicyCommand({ SecretId: "login" }))).ResourcePolicy;
    expect(await get()).to.equal(text);
    await client.send(new DeleteResourcePolicyCommand({ SecretId: "login" }));
    expect(await get()).to.equal(undefined);
    const missing = policy({ AWS: `arn:aws:iam::${STAGE_ACCOUNT}:role/none` });
    expect(await failureOf(setPolicy(missing))).to.equal("This resource policy contains an unsupported principal.");
    const wrong = await setPolicy("{").catch((error: unknown) => (error as Error).name);
    expect(wrong).to.equal("MalformedPolicyDocumentException");
    const open = await setPolicy(policy("*"), { BlockPublicPolicy: true }).catch(
      (error: unknown) => (error as Error).name,
    );
    expect(open).to.equal("PublicPolicyException");
    await setPolicy(policy("*"));
    expect(await get()).to.equal(policy("*"));
  });

  it("shows no secret value in an error", async () => {
    const wrong = [
      { SecretBinary: "open sesame" },
      { SecretString: ["open sesame"] },
      { SecretString: "open sesame".repeat(10_000) },
      { SecretString: "open sesame", SecretBinary: "b3BlbiBzZXNhbWU=" },
      { SecretString: "open sesame", VersionStages: [] },
    ];
    for (const value of wrong) {
      const params = { SecretId: "login", ClientRequestToken: token(2), ...value };
      const { code, message } = await stage.refusal("secretsmanager", "PutSecretValue", params);
      expect(code).to.match(/^(Serialization|Validation|InvalidParameter)Exception$/);
      expect(message).not.to.match(/sesame|b3Blbi/);
    }
  });

  it("lets only those rotate a secret who may call the function", async () => {
    const RotationLambdaARN = `arn:aws:lambda:us-east-1:${STAGE_ACCOUNT}:function:rotate`;
    const keeper = await stage.role("keeper", { Action: "secretsmanager:*", Resource: "*" });
    const rotate = { RotationLambdaARN, ClientRequestToken: token(2) };
    const refused = await stage.refusal("secretsmanager", "RotateSecret", { SecretId: "login", ...rotate }, keeper);
    expect(refused.message).to.match(/lambda:InvokeFunction/);
  });
});
