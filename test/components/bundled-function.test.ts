import { readFileSync } from "node:fs";
import { isAbsolute, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { BundledFunction } from "../../components/bundled-function/bundled-function.ts";
import { record, refusal, resolved, statementsOf } from "../support/mocks.ts";

const entry = fileURLToPath(new URL("../fixtures/components/handler.ts", import.meta.url));
const LOG_GROUP_ARN = "arn:aws:logs:us-east-1:111111111111:log-group:job-logs-1a2b3c4";

describe("BundledFunction", () => {
  it("makes a function, a role of its own, and a log group that ends", async () => {
    const run = await record(() => new BundledFunction("job", { entry }));
    expect(run.resources).to.have.length(4);
    expect(run.named("job-logs").inputs).to.deep.equal({ retentionInDays: 30 });
    expect(run.named("job-role").inputs).to.have.all.keys("assumeRolePolicy");
    expect(statementsOf(run.named("job-role").inputs["assumeRolePolicy"])).to.deep.equal([
      {
        Sid: "AssumedByService",
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
      },
    ]);
    expect(run.named("job-policy").inputs["role"]).to.equal("job-role-1a2b3c4");
    expect(statementsOf(run.named("job-policy").inputs["policy"])).to.deep.equal([
      {
        Sid: "WriteOwnLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: [`${LOG_GROUP_ARN}:*`],
      },
    ]);
    const { code, ...inputs } = run.named("job").inputs;
    expect(code).to.be.an("object");
    expect(inputs).to.deep.equal({
      handler: "index.handler",
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      role: "arn:aws:iam::111111111111:role/job-role-1a2b3c4",
      memorySize: 512,
      timeout: 60,
      environment: { variables: {} },
      loggingConfig: { logFormat: "Text", logGroup: "job-logs-1a2b3c4" },
      tracingConfig: { mode: "PassThrough" },
    });
    expect(await resolved(run.result.functionArn)).to.equal(
      "arn:aws:lambda:us-east-1:111111111111:function:job-1a2b3c4",
    );
  });

  it("makes the function after its policy, so that its first invocation may write logs", async () => {
    const run = await record(() => new BundledFunction("job", { entry }));
    expect(run.named("job").dependsOn).to.include("job-policy");
  });

  it("ships the bundle of its entry, in one file of its own", async () => {
    const run = await record(() => new BundledFunction("job", { entry }));
    const archive = run.named("job").inputs["code"] as pulumi.asset.AssetArchive;
    const assets = (await archive.assets) as Record<string, pulumi.asset.FileAsset>;
    expect(Object.keys(assets)).to.deep.equal(["index.mjs"]);
    const path = await assets["index.mjs"]?.path;
    expect(relative(".", path ?? "")).to.match(/^\.tributary\/bundles\/[0-9a-f]{32}\/index\.mjs$/);
    expect(isAbsolute(path ?? ""), "found from whatever folder").to.equal(true);
    const bundle = (await import(path ?? "")) as {
      handler: (event: unknown) => Promise<unknown>;
    };
    expect(await bundle.handler({ a: 1 })).to.deep.equal({ a: 1 });
    expect(readFileSync(path ?? "", "utf8")).not.to.contain("fixtures");
  });

  it("takes environment, permissions, sizes, a role's name and path, and a network", async () => {
    const run = await record(
      () =>
        new BundledFunction("job", {
          entry,
          description: "does a job",
          environment: { A: "b" },
          statements: [{ sid: "Put", actions: ["s3:PutObject"], resources: ["arn:aws:s3:::a/*"] }],
          roleName: "known",
          rolePath: "/team/",
          memoryMiB: 1024,
          timeoutSeconds: 30,
          logs: { retentionDays: 7 },
          tracingMode: "Active",
          network: { subnetIds: ["subnet-a"], securityGroupIds: ["sg-a"] },
        }),
    );
    const { code, ...inputs } = run.named("job").inputs;
    expect(inputs).to.deep.equal({
      description: "does a job",
      handler: "index.handler",
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      role: "arn:aws:iam::111111111111:role/team/known",
      memorySize: 1024,
      timeout: 30,
      environment: { variables: { A: "b" } },
      loggingConfig: { logFormat: "Text", logGroup: "job-logs-1a2b3c4" },
      tracingConfig: { mode: "Active" },
      vpcConfig: { subnetIds: ["subnet-a"], securityGroupIds: ["sg-a"] },
    });
    expect(run.named("job-logs").inputs).to.deep.equal({ retentionInDays: 7 });
    expect(run.named("job-role").inputs).to.include({ name: "known", path: "/team/" });
    expect(
      statementsOf(run.named("job-policy").inputs["policy"])
        .filter(({ Effect }) => Effect === "Allow")
        .map(({ Sid, Action, Resource }) => ({ Sid, Action, Resource })),
    ).to.deep.equal([
      { Sid: "WriteOwnLogs", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: [`${LOG_GROUP_ARN}:*`] },
      { Sid: "SendTraces", Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], Resource: ["*"] },
      {
        Sid: "JoinNetwork",
        Action: [
          "ec2:CreateNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:DeleteNetworkInterface",
          "ec2:AssignPrivateIpAddresses",
          "ec2:UnassignPrivateIpAddresses",
        ],
        Resource: ["*"],
      },
      { Sid: "Put", Action: ["s3:PutObject"], Resource: ["arn:aws:s3:::a/*"] },
    ]);
  });

  it("leaves the network's interfaces to Lambda: its own code may not touch them", async () => {
    const network = { subnetIds: ["subnet-a"], securityGroupIds: ["sg-a"] };
    const run = await record(() => new BundledFunction("job", { entry, network }));
    expect(
      statementsOf(run.named("job-policy").inputs["policy"]).filter(({ Effect }) => Effect !== "Allow"),
    ).to.deep.equal([
      {
        Sid: "LeaveNetworkToLambda",
        Effect: "Deny",
        Action: [
          "ec2:CreateNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:DeleteNetworkInterface",
          "ec2:AssignPrivateIpAddresses",
          "ec2:UnassignPrivateIpAddresses",
          "ec2:DetachNetworkInterface",
        ],
        Resource: ["*"],
        // The key is on requests of the function's code, and not on Lambda's own.
        Condition: { Null: { "lambda:SourceFunctionArn": "false" } },
      },
    ]);
    const outside = await record(() => new BundledFunction("job", { entry }));
    expect(outside.named("job-policy").inputs["policy"]).to.not.contain("Deny");
  });

  it("leaves its log group behind when it goes, and takes it along when told so", async () => {
    const kept = await record(() => new BundledFunction("job", { entry }));
    expect(kept.resources.filter(({ retainOnDelete }) => retainOnDelete).map(({ name }) => name)).to.deep.equal([
      "job-logs",
    ]);
    const gone = await record(() => new BundledFunction("job", { entry, removalPolicy: "destroy" }));
    expect(gone.named("job-logs").retainOnDelete).to.equal(false);
  });

  it("hands every child to its transform", async () => {
    const seen: string[] = [];
    const see = (_args: object, _opts: object, name: string) => void seen.push(name);
    const run = await record(
      () =>
        new BundledFunction(
          "job",
          { entry },
          {
            transform: {
              logGroup: see,
              role: see,
              policy: see,
              function: (args, opts, name) => {
                see(args, opts, name);
                args.reservedConcurrentExecutions = 5;
              },
            },
          },
        ),
    );
    expect(seen).to.have.members(run.resources.map((each) => each.name));
    expect(run.named("job").inputs["reservedConcurrentExecutions"]).to.equal(5);
  });

  it("refuses an environment that is larger than Lambda allows, as far as it is known", async () => {
    const withValue = (length: number) => () =>
      new BundledFunction("job", {
        entry,
        environment: { LONG: "é".repeat(length / 2), LATER: pulumi.output("x".repeat(5000)) },
      });
    const other = JSON.stringify({ LONG: "", LATER: "" }).length;
    const { lines, resources } = await refusal(withValue(4098 - other));
    expect(lines.slice(1).join()).to.match(/^- environment takes 409\d bytes as JSON; Lambda allows 4096: /);
    expect(resources).to.deep.equal([]);
    await record(withValue(4096 - other));
    const withSourceMaps = (length: number) => () =>
      new BundledFunction("job", { entry, sourceMaps: true, environment: { NODE_OPTIONS: "o".repeat(length) } });
    const options = JSON.stringify({ NODE_OPTIONS: " --enable-source-maps" }).length;
    await record(withSourceMaps(4096 - options));
    const tooLong = await refusal(withSourceMaps(4097 - options));
    expect(tooLong.lines.slice(1).join()).to.match(/^- environment takes 4097 bytes as JSON; Lambda allows 4096: /);
  });

  it("refuses all bad args at once", async () => {
    const { lines, resources } = await refusal(
      () =>
        new BundledFunction("job", {
          entry: "/nowhere/handler.ts",
          memoryMiB: 64,
          timeoutSeconds: 1.5,
          tracingMode: "active",
          roleName: "a*",
          rolePath: "team",
          removalPolicy: "keep",
          logs: { retentionDays: 31 },
        }),
    );
    expect(resources).to.deep.equal([]);
    expect(lines).to.deep.equal([
      '"job" has args that cannot work:',
      '- entry is "/nowhere/handler.ts", which is not there; write the absolute path of a file that exports handler, such as entry: resolve(import.meta.dirname, "handler.ts")',
      "- memoryMiB is 64; allowed is a whole number from 128 to 10240: write memoryMiB: 128",
      "- timeoutSeconds is 1.5; allowed is a whole number from 1 to 900: write timeoutSeconds: 2",
      '- tracingMode is "active"; allowed is "PassThrough" or "Active": write tracingMode: "PassThrough"',
      "- logs.retentionDays is 31; allowed is 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653: write logs.retentionDays: 30",
      '- roleName is "a*"; allowed is 1 to 64 letters, digits and +=,.@_-: write roleName: "my-role"',
      '- rolePath is "team"; allowed is a path that begins and ends with "/": write rolePath: "/my-team/"',
      '- removalPolicy is "keep"; allowed is "retain" or "destroy": write removalPolicy: "retain"',
    ]);
  });
});
