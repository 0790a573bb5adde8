import {
  BatchGetSecretValueCommand,
  CancelRotateSecretCommand,
  CreateSecretCommand,
  type CreateSecretCommandInput,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  type SecretsManagerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
  ValidateResourcePolicyCommand,
} from "@aws-sdk/client-secrets-manager";
import { expect } from "chai";
import { failureOf } from "../../../support/failure-of.ts";
import { STAGE_START } from "../../../support/service-stage.ts";
import { SecretsStage } from "./secrets-stage.ts";

const DAY_MS = 86_400_000;
const id = (digit: number) => `${digit}`.repeat(32);
const MARKED = "You can't perform this operation on the secret because it was marked for deletion.";
const NOT_THERE = "Secrets Manager can't find the specified secret.";

describe("Secrets Manager and the AWS SDK", () => {
  let stage: SecretsStage;
  let client: SecretsManagerClient;

  beforeEach(async () => {
    stage = await SecretsStage.start();
    client = stage.client();
  });
  afterEach(() => stage.close());

  const create = (more: Partial<CreateSecretCommandInput> = {}) =>
    client.send(new CreateSecretCommand({ Name: "login", SecretString: "v1", ClientRequestToken: id(1), ...more }));
  const put = (digit: number, ...VersionStages: string[]) =>
    client.send(
      new PutSecretValueCommand({
        SecretId: "login",
        ClientRequestToken: id(digit),
        SecretString: `v${digit}`,
        ...(VersionStages.length > 0 && { VersionStages }),
      }),
    );
  const move = (VersionStage: string, to?: number, from?: number) =>
    client.send(
      new UpdateSecretVersionStageCommand({
        SecretId: "login",
        VersionStage,
        ...(to !== undefined && { MoveToVersionId: id(to) }),
        ...(from !== undefined && { RemoveFromVersionId: id(from) }),
      }),
    );
  const value = async (more: object = {}) =>
    (await client.send(new GetSecretValueCommand({ SecretId: "login", ...more }))).SecretString;
  const describeIt = (SecretId = "login") => client.send(new DescribeSecretCommand({ SecretId }));
  /** `1: AWSCURRENT`, … */
  const labels = async (more: object = {}) => {
    const { Versions } = await client.send(new ListSecretVersionIdsCommand({ SecretId: "login", ...more }));
    return Versions?.map(({ VersionId, VersionStages = [] }) => `${VersionId?.[0]}: ${VersionStages.join(", ")}`);
  };

  it("keeps a text or bytes, and tells them by name, ARN and partial ARN", async () => {
    const made = await create();
    expect(made).to.deep.include({ Name: "login", VersionId: id(1) });
    expect(made.ARN).to.match(/^arn:aws:secretsmanager:us-east-1:111111111111:secret:login-[A-Za-z0-9]{6}$/);
    for (const SecretId of ["login", made.ARN, made.ARN?.slice(0, -7)])
      expect(await value({ SecretId })).to.equal("v1");
    const got = await client.send(new GetSecretValueCommand({ SecretId: "login" }));
    expect(got).to.deep.include({ ARN: made.ARN, Name: "login", VersionId: id(1), VersionStages: ["AWSCURRENT"] });
    expect(got.CreatedDate).to.deep.equal(new Date(STAGE_START));
    const bytes = Uint8Array.of(0, 1, 255);
    await client.send(new PutSecretValueCommand({ SecretId: "login", SecretBinary: bytes }));
    const binary = await client.send(new GetSecretValueCommand({ SecretId: "login" }));
    expect(Uint8Array.from(binary.SecretBinary ?? [])).to.deep.equal(bytes);
    expect(binary.SecretString).to.equal(undefined);
    expect(await failureOf(value({ SecretId: made.ARN?.replace("us-east-1", "eu-west-1") }))).to.equal(NOT_THERE);
    expect(await failureOf(value({ SecretId: "other" }))).to.equal(NOT_THERE);
    expect(await failureOf(value({ SecretId: `${made.ARN?.slice(0, -6)}aaaaaa` }))).to.equal(NOT_THERE);
  });

  it("moves AWSCURRENT and AWSPREVIOUS as localstack recorded it on AWS", async () => {
    await create();
    await put(2, "AWSPENDING");
    expect(await labels()).to.deep.equal(["1: AWSCURRENT", "2: AWSPENDING"]);
    await move("AWSCURRENT", 2, 1);
    expect(await labels()).to.deep.equal(["1: AWSPREVIOUS", "2: AWSCURRENT, AWSPENDING"]);
    expect([await value(), await value({ VersionStage: "AWSPREVIOUS" })]).to.deep.equal(["v2", "v1"]);
    await put(3);
    expect(await labels()).to.deep.equal(["2: AWSPREVIOUS", "3: AWSCURRENT"]);
    expect(await labels({ IncludeDeprecated: true })).to.deep.equal(["1: ", "2: AWSPREVIOUS", "3: AWSCURRENT"]);
    await put(4, "AWSPENDING", "PUT1");
    await move("AWSCURRENT", 2, 3);
    expect(await labels()).to.deep.equal(["2: AWSCURRENT", "3: AWSPREVIOUS", "4: AWSPENDING, PUT1"]);
    await move("PUT1", undefined, 4);
    expect(await labels()).to.deep.equal(["2: AWSCURRENT", "3: AWSPREVIOUS", "4: AWSPENDING"]);
    const { VersionIdsToStages } = await describeIt();
    expect(VersionIdsToStages).to.deep.equal({
      [id(2)]: ["AWSCURRENT"],
      [id(3)]: ["AWSPREVIOUS"],
      [id(4)]: ["AWSPENDING"],
    });
  });

  it("takes labels of one's own from one version to the next, as recorded", async () => {
    await create();
    expect((await put(2, "one", "two", "three")).VersionStages).to.deep.equal(["one", "three", "two"]);
    await put(3, "one", "two", "four");
    expect(await labels()).to.deep.equal(["1: AWSCURRENT", "2: three", "3: four, one, two"]);
  });

  it("refuses to move a label from where it is not, and to take AWSCURRENT away", async () => {
    await create();
    await put(2, "AWSPENDING");
    expect(await failureOf(move("AWSCURRENT", 2))).to.equal(
      `The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is currently attached to version ${id(1)}, so you must explicitly reference that version in RemoveFromVersionId.`,
    );
    expect(await failureOf(move("AWSCURRENT", undefined, 1))).to.match(/^You can only move staging label AWSCURRENT/);
    expect(await failureOf(move("AWSPENDING", 1, 1))).to.match(/AWSPENDING is not attached to the version 1{32}/);
    expect(await failureOf(move("AWSCURRENT", 9, 1))).to.match(/can't find .* VersionId: 9{32}/);
    expect(await labels()).to.deep.equal(["1: AWSCURRENT", "2: AWSPENDING"]);
  });

  it("refuses to move a label from nowhere to nowhere", async () => {
    await create();
    await put(2, "X");
    const either = "You must provide either MoveToVersionId or RemoveFromVersionId.";
    expect([await failureOf(move("X")), await failureOf(move("Y"))]).to.deep.equal([either, either]);
    expect(await failureOf(move("Y", undefined, 2))).to.equal(
      `The staging label Y is not attached to the version ${id(2)}.`,
    );
    await move("X", undefined, 2);
    expect(await failureOf(value({ VersionStage: "X" }))).to.contain("staging label: X");
  });

  it("keeps the value when an update is refused for its key", async () => {
    await create();
    const update = { SecretId: "login", SecretString: "v2", ClientRequestToken: id(2), KmsKeyId: "alias/mine" };
    expect(await failureOf(client.send(new UpdateSecretCommand(update)))).to.contain("alias/mine");
    expect(await value()).to.equal("v1");
  });

  it("does nothing for the same value under the same token, and refuses another", async () => {
    const made = await create();
    expect(await create()).to.deep.include({ ARN: made.ARN, VersionId: id(1) });
    const inUse = `You can't use ClientRequestToken ${id(1)} because that value is already in use for a version of secret ${made.ARN}.`;
    expect(await failureOf(create({ SecretString: "other" }))).to.equal(inUse);
    expect(await failureOf(create({ ClientRequestToken: id(7) }))).to.equal(
      "The operation failed because the secret login already exists.",
    );
    await put(2);
    await put(2);
    expect(await labels()).to.deep.equal(["1: AWSPREVIOUS", "2: AWSCURRENT"]);
    const changed = { SecretId: "login", ClientRequestToken: id(2), SecretString: "v2" };
    expect(await failureOf(client.send(new UpdateSecretCommand(changed)))).to.match(
      /^You can't use ClientRequestToken/,
    );
  });

  it("tells why there is no value, in the recorded words", async () => {
    await create({ SecretString: undefined });
    const noValue = "Secrets Manager can't find the specified secret value for";
    expect(await failureOf(value())).to.equal(`${noValue} staging label: AWSCURRENT`);
    expect(await failureOf(value({ VersionId: id(9) }))).to.equal(`${noValue} VersionId: ${id(9)}`);
    await put(1);
    expect(await failureOf(value({ VersionStage: "AWSPREVIOUS" }))).to.equal(`${noValue} staging label: AWSPREVIOUS`);
    expect(await failureOf(value({ VersionId: id(1), VersionStage: "AWSPENDING" }))).to.equal(
      "You provided a VersionStage that is not associated to the provided VersionId.",
    );
  });

  it("makes the first version the current one, whatever its labels are", async () => {
    await create({ SecretString: undefined });
    await put(1, "blue");
    expect(await labels()).to.deep.equal(["1: AWSCURRENT, blue"]);
  });

  it("describes a secret: what is not set is not there", async () => {
    const { ARN } = await create({ SecretString: undefined });
    const bare = await describeIt();
    expect(bare).to.include.keys("ARN", "CreatedDate", "LastChangedDate", "Name");
    expect(bare).not.to.have.any.keys("Description", "KmsKeyId", "RotationEnabled", "Tags", "VersionIdsToStages");
    await stage.cloud.clock.advance(1_000);
    const change = { SecretId: ARN, Description: "Of the API", KmsKeyId: "1234", SecretString: "v2" };
    await client.send(new UpdateSecretCommand({ ...change, ClientRequestToken: id(2) }));
    await value();
    const full = await describeIt();
    expect(full).to.deep.include({ Description: "Of the API", KmsKeyId: "1234" });
    expect(full.LastChangedDate).to.deep.equal(new Date(STAGE_START + 1_000));
    expect(full.LastAccessedDate).to.deep.equal(new Date("2026-01-31T00:00:00Z"));
    expect(full.CreatedDate).to.deep.equal(new Date(STAGE_START));
  });

  it("tags", async () => {
    await create({ Tags: [{ Key: "team", Value: "data" }] });
    await client.send(new TagResourceCommand({ SecretId: "login", Tags: [{ Key: "owner", Value: "ops" }] }));
    expect((await describeIt()).Tags).to.deep.equal([
      { Key: "team", Value: "data" },
      { Key: "owner", Value: "ops" },
    ]);
    await client.send(new UntagResourceCommand({ SecretId: "login", TagKeys: ["team", "owner"] }));
    expect((await describeIt()).Tags).to.deep.equal([]);
    const tags = (count: number) => Array.from({ length: count }, (_one, index) => ({ Key: `${index}`, Value: "" }));
    await client.send(new TagResourceCommand({ SecretId: "login", Tags: tags(50) }));
    const more = new TagResourceCommand({ SecretId: "login", Tags: [{ Key: "one more", Value: "" }] });
    expect(await failureOf(client.send(more))).to.equal("A secret can have 50 tags at most.");
  });

  it("deletes after the recovery window, in cloud time", async () => {
    const { ARN } = await create();
    const { DeletionDate } = await client.send(new DeleteSecretCommand({ SecretId: "login", RecoveryWindowInDays: 7 }));
    expect(DeletionDate).to.deep.equal(new Date(STAGE_START + 7 * DAY_MS));
    expect((await describeIt()).DeletedDate).to.deep.equal(DeletionDate);
    const again = () => client.send(new DeleteSecretCommand({ SecretId: ARN }));
    for (const refused of [() => value(), () => put(2), () => move("AWSCURRENT", 1), again]) {
      expect(await failureOf(refused())).to.equal(MARKED);
    }
    expect(await failureOf(create({ ClientRequestToken: id(2) }))).to.equal(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
    const list = async (more: object = {}) => (await client.send(new ListSecretsCommand(more))).SecretList?.length;
    expect([await list(), await list({ IncludePlannedDeletion: true })]).to.deep.equal([0, 1]);
    await stage.cloud.clock.advance(7 * DAY_MS - 1);
    expect((await describeIt()).Name).to.equal("login");
    await stage.cloud.clock.advance(1);
    expect(await failureOf(describeIt())).to.equal(NOT_THERE);
    const anew = await create({ ClientRequestToken: id(2) });
    expect(anew.ARN).not.to.equal(ARN);
  });

  it("restores a secret within the window, after which nothing deletes it", async () => {
    await create();
    await client.send(new DeleteSecretCommand({ SecretId: "login" }));
    await stage.cloud.clock.advance(29 * DAY_MS);
    await client.send(new RestoreSecretCommand({ SecretId: "login" }));
    await stage.cloud.clock.advance(2 * DAY_MS);
    expect(await value()).to.equal("v1");
    expect(await describeIt()).not.to.have.property("DeletedDate");
  });

  it("deletes at once when it is told to, also what is marked or not there", async () => {
    const force = { SecretId: "login", ForceDeleteWithoutRecovery: true };
    expect(await client.send(new DeleteSecretCommand(force))).to.deep.include({ Name: "login" });
    await create();
    await client.send(new DeleteSecretCommand({ SecretId: "login" }));
    await client.send(new DeleteSecretCommand(force));
    expect(await failureOf(describeIt())).to.equal(NOT_THERE);
    expect(await failureOf(client.send(new DeleteSecretCommand({ ...force, RecoveryWindowInDays: 7 })))).to.equal(
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    );
    expect(
      await failureOf(client.send(new DeleteSecretCommand({ SecretId: "login", RecoveryWindowInDays: 6 }))),
    ).to.equal("The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
  });

  it("lists page by page, oldest first", async () => {
    for (const Name of ["c", "a", "b"]) await create({ Name });
    const list = (more: object = {}) => client.send(new ListSecretsCommand({ MaxResults: 2, ...more }));
    const first = await list();
    const second = await list({ NextToken: first.NextToken });
    expect([first, second].map(({ SecretList }) => SecretList?.map(({ Name }) => Name))).to.deep.equal([
      ["c", "a"],
      ["b"],
    ]);
    expect(second.NextToken).to.equal(undefined);
    expect(await failureOf(list({ NextToken: "x" }))).to.match(/NextToken/);
  });

  it("names the operations and parameters that it does not have", async () => {
    await create();
    const unsupported = "The local cloud does not support";
    const login = { SecretId: "login" };
    const sent = {
      "secretsmanager:BatchGetSecretValue": new BatchGetSecretValueCommand({ SecretIdList: ["login"] }),
      "secretsmanager:CancelRotateSecret": new CancelRotateSecretCommand(login),
      "secretsmanager:GetRandomPassword": new GetRandomPasswordCommand({}),
      "secretsmanager:ValidateResourcePolicy": new ValidateResourcePolicyCommand({ ResourcePolicy: "{}" }),
      "the parameter Filters of secretsmanager:ListSecrets": new ListSecretsCommand({ Filters: [{ Key: "name" }] }),
      "the parameter SortBy of secretsmanager:ListSecrets": new ListSecretsCommand({ SortBy: "name" }),
      "the parameter SortOrder of secretsmanager:ListSecrets": new ListSecretsCommand({ SortOrder: "desc" }),
    };
    for (const [what, command] of Object.entries(sent)) {
      const send = client.send.bind(client) as (one: unknown) => Promise<unknown>;
      expect(await failureOf(send(command))).to.match(new RegExp(`^${unsupported} ${what}\\.`));
    }
  });
});
