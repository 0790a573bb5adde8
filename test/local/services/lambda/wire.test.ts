import {
  AddPermissionCommand,
  DeleteEventSourceMappingCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  GetEventSourceMappingCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  ListTagsCommand,
  PutFunctionConcurrencyCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEventSourceMappingCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { build } from "esbuild";
import { FrontDoor } from "../../../../local/front-door/front-door.ts";
import { zipFile } from "../../../support/zip-file.ts";
import { archive, closeClouds, LambdaFixture, readAnyKinesisStream, region, writeLogs } from "./fixture.ts";

describe("Lambda on the wire", () => {
  let fixture: LambdaFixture;
  let frontDoor: FrontDoor;
  let client: LambdaClient;

  beforeEach(async () => {
    fixture = new LambdaFixture();
    frontDoor = new FrontDoor(fixture.cloud);
    const { endpointUrl } = await frontDoor.listen();
    const [account] = fixture.cloud.accounts.list();
    client = new LambdaClient({
      endpoint: endpointUrl,
      region,
      credentials: account!.administrator.credentials,
      maxAttempts: 1,
    });
  });

  afterEach(async () => {
    client.destroy();
    await closeClouds();
    await frontDoor.close();
  });

  it("speaks the protocol of the AWS SDK", async () => {
    const role = await fixture.role("consumer", [readAnyKinesisStream, writeLogs]);
    const { arn } = await fixture.function(
      "f",
      "export const handler = async (event) => { if (event.fail) throw new RangeError('far'); return event; };",
      {
        role,
        environment: { variables: { AB: "c" } },
      },
    );
    const eventSourceArn = await fixture.stream("events");
    const { id } = await fixture.mapping({
      functionName: "f",
      eventSourceArn,
      batchSize: 300,
      functionResponseTypes: ["ReportBatchItemFailures"],
    });

    const invoked = await client.send(
      new InvokeCommand({ FunctionName: "f", Payload: '{"text":"ä"}', LogType: "Tail" }),
    );
    expect(invoked).to.include({ StatusCode: 200, ExecutedVersion: "$LATEST" });
    expect(invoked.Payload?.transformToString()).to.equal('{"text":"ä"}');
    expect(Buffer.from(invoked.LogResult ?? "", "base64").toString()).to.include("START RequestId: ");
    const failed = await client.send(new InvokeCommand({ FunctionName: String(arn), Payload: '{"fail":true}' }));
    expect(failed.FunctionError).to.equal("Unhandled");
    expect(JSON.parse(failed.Payload?.transformToString() ?? "")).to.include({
      errorType: "RangeError",
      errorMessage: "far",
    });
    const dryRun = await client.send(new InvokeCommand({ FunctionName: "f", InvocationType: "DryRun" }));
    expect(dryRun.StatusCode).to.equal(204);

    const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName: "f" }));
    expect(Configuration).to.deep.include({
      FunctionArn: arn,
      Role: role,
      Runtime: "nodejs24.x",
      Environment: { Variables: { AB: "c" } },
    });
    expect(await client.send(new GetFunctionConfigurationCommand({ FunctionName: "f" }))).to.include({
      FunctionArn: arn,
      Timeout: 3,
    });
    const { Functions } = await client.send(new ListFunctionsCommand({}));
    expect(Functions?.map((lambda) => lambda.FunctionName)).to.deep.equal(["f"]);

    const expected = { UUID: id, EventSourceArn: eventSourceArn, FunctionArn: arn, BatchSize: 300, State: "Enabled" };
    const { EventSourceMappings } = await client.send(new ListEventSourceMappingsCommand({ FunctionName: "f" }));
    expect(EventSourceMappings).to.have.length(1);
    expect(EventSourceMappings?.[0]).to.include(expected);
    const disabled = await client.send(new UpdateEventSourceMappingCommand({ UUID: id, Enabled: false }));
    expect(disabled).to.deep.include({ State: "Disabling", DestinationConfig: { OnFailure: {} } });
    const described = await client.send(new GetEventSourceMappingCommand({ UUID: id }));
    expect(described).to.deep.include({
      ...expected,
      State: "Disabled",
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    });

    const missing = await client.send(new InvokeCommand({ FunctionName: "nobody" })).catch((error: Error) => error);
    expect(missing).to.have.property("name", "ResourceNotFoundException");
    const refused = await client
      .send(new UpdateEventSourceMappingCommand({ UUID: id, Enabled: true, ScalingConfig: { MaximumConcurrency: 2 } }))
      .catch((error: Error) => error);
    expect(String(refused)).to.include("ScalingConfig");
  });

  it("changes, tags and deletes functions and mappings for the AWS SDK", async () => {
    const role = await fixture.role("consumer", [readAnyKinesisStream, writeLogs]);
    const { arn } = await fixture.function("f", "export const handler = async () => 'old';", { role });
    const { id: UUID } = await fixture.mapping({ functionName: "f", eventSourceArn: await fixture.stream("events") });
    const FunctionName = "f";
    const status = async (answer: Promise<{ $metadata: { httpStatusCode?: number | undefined } }>) =>
      (await answer).$metadata.httpStatusCode;

    const ZipFile = zipFile({ "index.mjs": "export const handler = async () => 'new';" });
    const coded = await client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile }));
    expect(coded).to.include({ FunctionName, CodeSize: 41 });
    const configured = await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 7 }));
    expect(configured).to.include({ Timeout: 7 });
    const invoked = await client.send(new InvokeCommand({ FunctionName }));
    expect(invoked.Payload?.transformToString()).to.equal('"new"');

    const reserve = new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 5 });
    expect(await client.send(reserve)).to.include({ ReservedConcurrentExecutions: 5 });
    expect(await status(client.send(new DeleteFunctionConcurrencyCommand({ FunctionName })))).to.equal(204);

    const Resource = String(arn);
    expect(await status(client.send(new TagResourceCommand({ Resource, Tags: { a: "1", b: "2", c: "3" } })))).to.equal(
      204,
    );
    expect(await status(client.send(new UntagResourceCommand({ Resource, TagKeys: ["a", "c"] })))).to.equal(204);
    expect((await client.send(new ListTagsCommand({ Resource }))).Tags).to.deep.equal({ b: "2" });

    const statement = { FunctionName, StatementId: "s3" };
    const allowed = { ...statement, Action: "lambda:InvokeFunction", Principal: "s3.amazonaws.com" };
    const added = await client.send(new AddPermissionCommand(allowed));
    expect(added.$metadata.httpStatusCode).to.equal(201);
    expect(JSON.parse(added.Statement ?? "")).to.include({ Sid: "s3", Resource: arn });
    const { Policy, RevisionId = "" } = await client.send(new GetPolicyCommand({ FunctionName }));
    expect(JSON.parse(Policy ?? "").Statement).to.deep.equal([JSON.parse(added.Statement ?? "")]);
    expect(await status(client.send(new RemovePermissionCommand({ ...statement, RevisionId })))).to.equal(204);

    const deleted = await client.send(new DeleteEventSourceMappingCommand({ UUID }));
    expect(deleted).to.include({ UUID, State: "Deleting" });
    expect(deleted.$metadata.httpStatusCode).to.equal(202);
    expect(await status(client.send(new DeleteFunctionCommand({ FunctionName })))).to.equal(204);
    const gone = await client.send(new GetFunctionCommand({ FunctionName })).catch((error: Error) => error);
    expect(gone).to.have.property("name", "ResourceNotFoundException");
  });

  it("lets a bundle's own SDK call the cloud as the function's role, with no warning about Node in its log", async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: `import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
          const client = new STSClient({});
          export const handler = async () => (await client.send(new GetCallerIdentityCommand({}))).Arn;`,
        resolveDir: process.cwd(),
      },
      bundle: true,
      write: false,
      platform: "node",
      format: "cjs",
      target: "node20",
    });
    await fixture.function("whoami", "", { code: archive({ "index.js": outputFiles[0]!.text }), timeout: 20 });
    expect((await fixture.invoke("whoami")).value).to.equal(
      "arn:aws:sts::111111111111:assumed-role/whoami-role/whoami",
    );
    expect((await fixture.invoke("whoami")).value).to.equal(
      "arn:aws:sts::111111111111:assumed-role/whoami-role/whoami",
    );
    const messages = await fixture.logMessages("/aws/lambda/whoami");
    expect(messages.map((message) => message.split(" ")[0])).to.deep.equal([
      "START",
      "END",
      "REPORT",
      "START",
      "END",
      "REPORT",
    ]);
  });
});
