import {
  CancelRotateSecretCommand,
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  RotateSecretCommand,
  type RotateSecretCommandInput,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { expect } from "chai";
import { buildSync } from "esbuild";
import { failureOf } from "../../../support/failure-of.ts";
import { STAGE_ACCOUNT, STAGE_START } from "../../../support/service-stage.ts";
import { SecretsStage } from "./secrets-stage.ts";

const DAY_MS = 86_400_000;
const FUNCTION = `arn:aws:lambda:us-east-1:${STAGE_ACCOUNT}:function:rotate`;
const NOT_INVOCABLE =
  "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.";

const bundle = () => {
  const absWorkingDir = new URL("../../../..", import.meta.url).pathname;
  const entryPoints = ["test/fixtures/rotation/handler.ts"];
  const options = { bundle: true, write: false, platform: "node", format: "cjs", target: "node20" } as const;
  return Buffer.from(buildSync({ absWorkingDir, entryPoints, ...options }).outputFiles?.[0]?.contents ?? []);
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

  /** The function with a role that may rotate the secret; `permission`: what its own policy lets call it. */
  async function makeFunction(variables: Record<string, string> = {}, permission?: object): Promise<void> {
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
    const files = new Map([["index.js", bundle()]]);
    const code = { kind: "archive", hash: JSON.stringify(variables), read: async () => files };
    await stage.make("aws:lambda/function:Function", {
      name: "rotate",
      role: outputs["arn"],
      handler: "index.handler",
      runtime: "nodejs24.x",
      timeout: 60,
      code,
      environment: { variables },
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

  const rotate = (more: Partial<RotateSecretCommandInput> = {}) =>
    client.send(new RotateSecretCommand({ SecretId: "login", RotationLambdaARN: FUNCTION, ...more }));
  const settled = () => stage.cloud.clock.advance(0);
  const describeIt = () => client.send(new DescribeSecretCommand({ SecretId: "login" }));
  const value = async (VersionStage = "AWSCURRENT") =>
    (await client.send(new GetSecretValueCommand({ SecretId: "login", VersionStage }))).SecretString;
  const invocations = () => stage.cloud.trace.records().filter(({ call }) => call === "lambda:Invoke");
  const steps = async () => {
    const { events } = await stage.call<{ events: { message: string }[] }>("logs", "FilterLogEvents", {
      logGroupName: "/aws/lambda/rotate",
    });
    // Cloud time stands still, so the log's order says nothing.
    return events.flatMap(({ message }) => /step (\d+: \w+)/.exec(message)?.[1] ?? []).sort();
  };

  it("calls the function in its four steps, which make the new version current", async () => {
    await makeFunction({}, { sourceArn: secretArn, sourceAccount: STAGE_ACCOUNT });
    const { VersionId = "" } = await rotate({ RotationRules: { AutomaticallyAfterDays: 1 } });
    await settled();
    expect(await steps()).to.deep.equal(["1: createSecret", "2: setSecret", "3: testSecret", "4: finishSecret"]);
    expect([await value(), await value("AWSPREVIOUS")]).to.deep.equal(["v1+", "v1"]);
    const described = await describeIt();
    expect(described).to.deep.include({
      RotationEnabled: true,
      RotationLambdaARN: FUNCTION,
      RotationRules: { AutomaticallyAfterDays: 1 },
      LastRotatedDate: new Date(STAGE_START),
      NextRotationDate: new Date(STAGE_START + DAY_MS),
    });
    expect(described.VersionIdsToStages?.[VersionId]).to.deep.equal(["AWSCURRENT", "AWSPENDING"]);
    for (const { principal, accountId, decision } of invocations()) {
      expect([principal, accountId, decision]).to.deep.equal([
        "secretsmanager.amazonaws.com",
        STAGE_ACCOUNT,
        "allowed",
      ]);
    }
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

  it("rotates again when the days are over, in cloud time, until it is cancelled", async () => {
    await makeFunction({}, {});
    await rotate({ RotationRules: { AutomaticallyAfterDays: 10 } });
    await settled();
    await stage.cloud.clock.advance(10 * DAY_MS - 1);
    expect(await value()).to.equal("v1+");
    await stage.cloud.clock.advance(1);
    expect(await value()).to.equal("v1++");
    await client.send(new CancelRotateSecretCommand({ SecretId: "login" }));
    await stage.cloud.clock.advance(20 * DAY_MS);
    expect(await value()).to.equal("v1++");
    const { RotationEnabled, RotationLambdaARN, NextRotationDate } = await describeIt();
    expect([RotationEnabled, RotationLambdaARN, NextRotationDate]).to.deep.equal([false, FUNCTION, undefined]);
  });

  it("stops at a step that fails, leaves the version pending, and tries it again when it is told to rotate", async () => {
    await makeFunction({ FAIL: "setSecret" }, {});
    const { VersionId } = await rotate();
    await settled();
    expect(await steps()).to.deep.equal(["1: createSecret", "2: setSecret"]);
    expect([await value(), await value("AWSPENDING")]).to.deep.equal(["v1", "v1+"]);
    expect(await describeIt()).not.to.have.property("LastRotatedDate");
    await stage.call("lambda", "UpdateFunctionConfiguration", {
      FunctionName: "rotate",
      Environment: { Variables: {} },
    });
    expect(await failureOf(rotate())).to.equal(
      "A previous rotation isn't complete. That rotation will be reattempted.",
    );
    await settled();
    expect((await describeIt()).VersionIdsToStages?.[VersionId ?? ""]).to.include("AWSCURRENT");
  });

  it("ends with its secret: one that is deleted while it is rotated is never rotated again", async () => {
    await makeFunction({}, {});
    await rotate({ RotationRules: { AutomaticallyAfterDays: 10 } });
    await client.send(new DeleteSecretCommand({ SecretId: "login", ForceDeleteWithoutRecovery: true }));
    await settled();
    const { length } = invocations();
    await stage.cloud.clock.advance(20 * DAY_MS);
    expect(invocations()).to.have.length(length);
  });

  it("stays as it is when a token is refused", async () => {
    await makeFunction({}, {});
    const { VersionId: ClientRequestToken } = await rotate({ RotationRules: { AutomaticallyAfterDays: 10 } });
    await settled();
    const before = await describeIt();
    const refused = await failureOf(rotate({ ClientRequestToken, RotationRules: { AutomaticallyAfterDays: 3 } }));
    expect(refused).to.contain("is already in use for a version of secret");
    expect((await describeIt()).RotationRules).to.deep.equal(before.RotationRules);
    await stage.cloud.clock.advance(10 * DAY_MS);
    expect(await value()).to.equal("v1++");
  });

  it("only tests the function when it is not to rotate at once", async () => {
    await makeFunction({ TEST_ONLY: "1" }, {});
    await rotate({ RotateImmediately: false, RotationRules: { AutomaticallyAfterDays: 2 } });
    await settled();
    expect(await steps()).to.deep.equal(["1: testSecret"]);
    expect(Object.values((await describeIt()).VersionIdsToStages ?? {})).to.deep.equal([["AWSCURRENT"]]);
    await stage.cloud.clock.advance(2 * DAY_MS);
    expect(await value()).to.equal("v1+");
  });

  it("refuses to rotate without a function, and refuses schedules by name", async () => {
    expect(await failureOf(rotate({ RotationLambdaARN: undefined }))).to.equal(
      "No Lambda rotation function ARN is associated with this secret.",
    );
    expect(await failureOf(rotate({ RotationRules: { ScheduleExpression: "rate(4 hours)" } }))).to.equal(
      "The local cloud does not support the parameter RotationRules.ScheduleExpression of secretsmanager:RotateSecret.",
    );
  });

  it("has no secret value in trace and log", async () => {
    await makeFunction({}, {});
    await rotate();
    await settled();
    expect(await value()).to.equal("v1+");
    expect(JSON.stringify(stage.cloud.trace.records())).not.to.include("v1");
  });
});
