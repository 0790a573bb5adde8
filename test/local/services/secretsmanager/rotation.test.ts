import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  RotateSecretCommand,
  type RotateSecretCommandInput,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { expect } from "chai";
import { buildSync } from "esbuild";
import { failureOf } from "../../../support/failure-of.ts";
import { STAGE_ACCOUNT, STAGE_START } from "../../../support/service-stage.ts";
import { SecretsStage } from "./secrets-stage.ts";

const FUNCTION = `arn:aws:lambda:us-east-1:${STAGE_ACCOUNT}:function:rotate`;
const NOT_INVOCABLE =
  "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.";

const bundle = () => {
  const absWorkingDir = new URL("../../../..", import.meta.url).pathname;
  const entryPoints = ["test/fixtures/rotation/handler.ts"];
  const options = { bundle: true, write: false, platform: "node", format: "cjs", target: "node20" } as const;
  return buildSync({ absWorkingDir, entryPoints, ...options }).outputFiles?.[0]?.text ?? "";
};

describe("Rotation of a secret by a function", () => {
  let stage: SecretsStage;
  let client: SecretsManagerClient;
  let secretArn = "";

  beforeEach(async () => {
    stage = await SecretsStage.start();
    client = stage.client();
    const made = await client.send(new CreateSecretCommand({ Name: "login", SecretString: "v1" }));
    secretArn = made.ARN ?? "";
  });
  afterEach(() => stage.close());

  /**
   * The function, with a role that may rotate the secret.
   * @param permission its own policy's statement for Secrets Manager; default: it has none.
   */
  async function makeFunction(permission?: object, code = "exports.handler = async () => null"): Promise<void> {
    const trust = {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
    };
    const actions = ["DescribeSecret", "GetSecretValue", "PutSecretValue", "UpdateSecretVersionStage"];
    const policy = {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: "*",
        },
        {
          Effect: "Allow",
          Action: actions.map((action) => `secretsmanager:${action}`),
          Resource: secretArn,
          Condition: { StringEquals: { "secretsmanager:resource/AllowRotationLambdaArn": FUNCTION } },
        },
      ],
    };
    const { outputs } = await stage.make("aws:iam/role:Role", {
      name: "rotate",
      assumeRolePolicy: JSON.stringify(trust),
    });
    await stage.make("aws:iam/rolePolicy:RolePolicy", { name: "p", role: "rotate", policy: JSON.stringify(policy) });
    const files = new Map([["index.js", Buffer.from(code)]]);
    const archive = { kind: "archive", hash: "code", read: async () => files };
    await stage.make("aws:lambda/function:Function", {
      name: "rotate",
      role: outputs["arn"],
      handler: "index.handler",
      runtime: "nodejs24.x",
      timeout: 60,
      code: archive,
    });
    if (permission) {
      await stage.make("aws:lambda/permission:Permission", {
        action: "lambda:InvokeFunction",
        function: "rotate",
        principal: "secretsmanager.amazonaws.com",
        statementId: "rotation",
        ...permission,
      });
    }
  }

  /**
   * The same without a worker: the function's four steps in this process, and which of them ran.
   * @param fails the steps that fail; they may be changed between rotations.
   * @param skips the step that succeeds and does nothing; default none.
   */
  async function makeFunctionHere(fails = new Set<string>(), skips?: string): Promise<readonly string[]> {
    await makeFunction({});
    const ran: string[] = [];
    const fn = stage.cloud.services.lambda.store.requireFunction({
      accountId: STAGE_ACCOUNT,
      region: "us-east-1",
      name: "rotate",
    });
    const step = async ({ Step = "", SecretId, ClientRequestToken }: Record<string, string>) => {
      ran.push(Step);
      if (fails.has(Step)) throw new Error(`${Step} fails`);
      if (Step === skips) return;
      if (Step === "createSecret") {
        const SecretString = `${await value()}+`;
        const VersionStages = ["AWSPENDING"];
        await client.send(new PutSecretValueCommand({ SecretId, ClientRequestToken, SecretString, VersionStages }));
      }
      if (Step === "finishSecret") {
        const { VersionId } = await client.send(new GetSecretValueCommand({ SecretId }));
        const move = {
          VersionStage: "AWSCURRENT",
          MoveToVersionId: ClientRequestToken,
          RemoveFromVersionId: VersionId,
        };
        await client.send(new UpdateSecretVersionStageCommand({ SecretId, ...move }));
      }
    };
    fn.invoke = async (payload) => {
      const answer = { payload: "null", functionError: undefined, logTail: "", requestId: "1" };
      return step(JSON.parse(payload)).then(
        () => answer,
        () => ({ ...answer, functionError: "Unhandled" as const }),
      );
    };
    return ran;
  }

  const rotate = (more: Partial<RotateSecretCommandInput> = {}) =>
    client.send(new RotateSecretCommand({ SecretId: "login", RotationLambdaARN: FUNCTION, ...more }));
  /** The message of a refused rotation; not by the SDK, which sends a refused request a second time. */
  const refusedOnce = async () => {
    const params = { SecretId: "login", RotationLambdaARN: FUNCTION, ClientRequestToken: "3".repeat(32) };
    return (await stage.refusal("secretsmanager", "RotateSecret", params)).message;
  };
  const settled = () => stage.cloud.clock.advance(0);
  const describeIt = () => client.send(new DescribeSecretCommand({ SecretId: "login" }));
  const value = async (VersionStage = "AWSCURRENT") =>
    (await client.send(new GetSecretValueCommand({ SecretId: "login", VersionStage }))).SecretString;
  const invocations = () => stage.cloud.trace.records().filter(({ call }) => call === "lambda:Invoke");

  it("calls a real function in its four steps, which make the new version current", async () => {
    await makeFunction({ sourceArn: secretArn, sourceAccount: STAGE_ACCOUNT }, bundle());
    const { VersionId = "" } = await rotate();
    await settled();
    const { events } = await stage.call<{ events: { message: string }[] }>("logs", "FilterLogEvents", {
      logGroupName: "/aws/lambda/rotate",
    });
    // Cloud time stands still, so the log's order says nothing.
    const steps = events.flatMap(({ message }) => /step (\d+: \w+)/.exec(message)?.[1] ?? []).sort();
    expect(steps).to.deep.equal(["1: createSecret", "2: setSecret", "3: testSecret", "4: finishSecret"]);
    expect([await value(), await value("AWSPREVIOUS")]).to.deep.equal(["v1+", "v1"]);
    const described = await describeIt();
    expect(described).to.deep.include({
      RotationEnabled: true,
      RotationLambdaARN: FUNCTION,
      LastRotatedDate: new Date(STAGE_START),
    });
    expect(described.VersionIdsToStages?.[VersionId]).to.deep.equal(["AWSCURRENT", "AWSPENDING"]);
    for (const { principal, accountId, decision } of invocations()) {
      expect([principal, accountId, decision]).to.deep.equal([
        "secretsmanager.amazonaws.com",
        STAGE_ACCOUNT,
        "allowed",
      ]);
    }
    // No secret value is in the trace.
    expect(JSON.stringify(stage.cloud.trace.records())).not.to.include("v1");
  });

  it("refuses a function whose policy does not let Secrets Manager call it, and one that is not there", async () => {
    expect(await failureOf(rotate())).to.equal(NOT_INVOCABLE);
    await makeFunction();
    expect(await failureOf(rotate())).to.equal(NOT_INVOCABLE);
    await stage.make("aws:lambda/permission:Permission", {
      action: "lambda:InvokeFunction",
      function: "rotate",
      principal: "secretsmanager.amazonaws.com",
      statementId: "rotation",
      sourceArn: `${secretArn.slice(0, -6)}aaaaaa`,
    });
    expect(await failureOf(rotate())).to.equal(NOT_INVOCABLE);
    expect(await describeIt()).not.to.have.property("RotationEnabled");
    expect(invocations()).to.deep.equal([]);
  });

  it("stops at a step that fails, leaves the version pending, and tries it again when it is told to rotate", async () => {
    const fails = new Set(["setSecret"]);
    const ran = await makeFunctionHere(fails);
    const { VersionId } = await rotate();
    await settled();
    expect(ran).to.deep.equal(["createSecret", "setSecret"]);
    expect([await value(), await value("AWSPENDING")]).to.deep.equal(["v1", "v1+"]);
    expect(await describeIt()).not.to.have.property("LastRotatedDate");
    fails.clear();
    expect(await refusedOnce()).to.equal("A previous rotation isn't complete. That rotation will be reattempted.");
    await settled();
    expect((await describeIt()).VersionIdsToStages?.[VersionId ?? ""]).to.include("AWSCURRENT");
  });

  it("has rotated nothing when all four steps succeed and leave the version pending", async () => {
    const ran = await makeFunctionHere(new Set(), "finishSecret");
    const { VersionId = "" } = await rotate();
    await settled();
    expect(ran).to.have.length(4);
    const described = await describeIt();
    expect(described).not.to.have.property("LastRotatedDate");
    expect(described.VersionIdsToStages?.[VersionId]).to.deep.equal(["AWSPENDING"]);
  });

  it("finishes a version that was pending before the first rotation", async () => {
    await makeFunctionHere();
    const pending = { SecretId: "login", ClientRequestToken: "2".repeat(32), VersionStages: ["AWSPENDING"] };
    await client.send(new PutSecretValueCommand({ ...pending, SecretString: "v1+" }));
    expect(await refusedOnce()).to.match(/^A previous rotation isn't complete/);
    await settled();
    expect(await value()).to.equal("v1+");
  });

  it("ends with its secret: the function is not called for one that is deleted", async () => {
    const ran = await makeFunctionHere();
    await rotate();
    await client.send(new DeleteSecretCommand({ SecretId: "login", ForceDeleteWithoutRecovery: true }));
    const { length } = ran;
    await settled();
    expect(ran.length).to.be.at.most(length + 1);
    expect(ran).not.to.include("finishSecret");
  });

  it("stays as it is when a token is refused", async () => {
    const ran = await makeFunctionHere();
    const { VersionId: ClientRequestToken } = await rotate();
    await settled();
    expect(await failureOf(rotate({ ClientRequestToken }))).to.contain("is already in use for a version of secret");
    await settled();
    expect([await value(), ran.length]).to.deep.equal(["v1+", 4]);
    await rotate({ RotationLambdaARN: undefined });
    await settled();
    expect(await value()).to.equal("v1++");
  });

  it("refuses to rotate without a function, and refuses schedules by name", async () => {
    expect(await failureOf(rotate({ RotationLambdaARN: undefined }))).to.equal(
      "No Lambda rotation function ARN is associated with this secret.",
    );
    const unsupported = (name: string) =>
      `The local cloud does not support the parameter ${name} of secretsmanager:RotateSecret.`;
    const schedule = { RotationRules: { AutomaticallyAfterDays: 10 } };
    expect(await failureOf(rotate(schedule))).to.equal(unsupported("RotationRules"));
    expect(await failureOf(rotate({ RotateImmediately: false }))).to.equal(unsupported("RotateImmediately"));
  });
});
