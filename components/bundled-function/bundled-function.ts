import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../checks.ts";
import { functionDefaults, TracingMode } from "../defaults/lambda.ts";
import { createRole } from "../iam/create-role.ts";
import type { PolicyStatement } from "../iam/policy.ts";
import { ServiceRole, serviceTrustJson } from "../iam/service-trust.ts";
import { createLogGroup, type LogGroup } from "../log-group.ts";
import { child, type Scope } from "../scope.ts";
import type { BundledFunctionArgs, BundledFunctionNodes, BundledFunctionOptions } from "./args.ts";
import { BUNDLE_HANDLER } from "./bundle.ts";
import { problems } from "./checks.ts";
import { writtenBundle } from "./kept-bundle.ts";
import { readingSourceMaps } from "./source-maps.ts";

/**
 * A Lambda function: its code bundled when the program runs, a role of its own, a log group whose events expire.
 * The only place where a function is made.
 *
 * @example
 * ```ts
 * import { resolve } from "node:path";
 * import { BundledFunction } from "../components/bundled-function/bundled-function.ts";
 *
 * const audit = new BundledFunction("audit", {
 *   entry: resolve("functions/audit/handler.ts"),
 *   environment: { TABLE_NAME: "audit" },
 *   statements: [
 *     {
 *       sid: "WriteAudit",
 *       actions: ["dynamodb:PutItem"],
 *       resources: ["arn:aws:dynamodb:us-east-1:111111111111:table/audit"],
 *     },
 *   ],
 * });
 * export const functionName = audit.functionName;
 * ```
 */
export class BundledFunction extends pulumi.ComponentResource {
  public readonly functionName: pulumi.Output<string>;
  public readonly functionArn: pulumi.Output<string>;
  public readonly roleName: pulumi.Output<string>;
  public readonly roleArn: pulumi.Output<string>;
  public readonly logGroupName: pulumi.Output<string>;
  public readonly nodes: BundledFunctionNodes;

  constructor(name: string, args: BundledFunctionArgs, opts: BundledFunctionOptions = {}) {
    const { transform = {}, ...componentOptions } = opts;
    super("tributary:compute:BundledFunction", name, {}, componentOptions);
    refuse(this, name, problems(args));

    const scope: Scope = { component: this, name };
    const code = createCode(this, name, args);
    const logGroup = createLogGroup(scope, transform.logGroup, "logs", args.logs, args.removalPolicy);
    const { role, policy } = createRole(
      scope,
      { role: transform.role, policy: transform.policy },
      {
        suffixes: { role: "role", policy: "policy" },
        trustPolicy: serviceTrustJson(ServiceRole.Function, this),
        statements: statements(args, logGroup),
        permissionsBoundaryArn: args.permissionsBoundaryArn,
        settings: roleSettings(args),
      },
    );
    const lambdaFunction = child(
      scope,
      transform.function,
      "",
      aws.lambda.Function,
      functionArgs(args, code, role, logGroup),
      {
        dependsOn: [policy],
      },
    );

    this.functionName = lambdaFunction.name;
    this.functionArn = lambdaFunction.arn;
    this.roleName = role.name;
    this.roleArn = role.arn;
    this.logGroupName = logGroup.name;
    this.nodes = { logGroup: logGroup.node, role, policy, function: lambdaFunction };
    this.registerOutputs({ functionName: this.functionName, functionArn: this.functionArn, roleArn: this.roleArn });
  }
}

function createCode(
  resource: pulumi.Resource,
  name: string,
  { entry, sourceMaps = false, splitting = false, keepNames = true }: BundledFunctionArgs,
): pulumi.asset.AssetArchive {
  try {
    const files = Object.entries(writtenBundle(entry, { sourceMap: sourceMaps, splitting, keepNames }));
    return new pulumi.asset.AssetArchive(
      Object.fromEntries(files.map(([file, path]) => [file, new pulumi.asset.FileAsset(path)])),
    );
  } catch (error) {
    throw new pulumi.ResourceError(`"${name}" cannot be bundled: ${(error as Error).message}`, resource, true);
  }
}

function roleSettings(args: BundledFunctionArgs): Pick<aws.iam.RoleArgs, "name" | "path"> {
  return {
    ...(args.roleName === undefined ? {} : { name: args.roleName }),
    ...(args.rolePath === undefined ? {} : { path: args.rolePath }),
  };
}

function statements(args: BundledFunctionArgs, logGroup: LogGroup): PolicyStatement[] {
  const all: PolicyStatement[] = [
    {
      sid: "WriteOwnLogs",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      // Lambda names the log streams when it starts an environment.
      resources: [pulumi.interpolate`${logGroup.arn}:*`],
    },
  ];
  if (args.tracingMode === TracingMode.Active)
    all.push({
      sid: "SendTraces",
      actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
      // These actions have no resource.
      resources: ["*"],
    });
  if (args.network !== undefined) all.push(...networkStatements());
  return [...all, ...(args.statements ?? [])];
}

/**
 * Lambda makes the network interfaces as the function's role; the function's own code may not touch them.
 * `lambda:SourceFunctionArn` is on requests of the code, and not on those of Lambda itself to EC2
 * (https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html).
 */
function networkStatements(): PolicyStatement[] {
  const actions = [
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
  ];
  return [
    // The interfaces have no ARN yet when Lambda asks for them.
    { sid: "JoinNetwork", actions, resources: ["*"] },
    {
      sid: "LeaveNetworkToLambda",
      effect: "Deny",
      actions: [...actions, "ec2:DetachNetworkInterface"],
      resources: ["*"],
      conditions: { Null: { "lambda:SourceFunctionArn": "false" } },
    },
  ];
}

function variables({ environment = {}, sourceMaps = false }: BundledFunctionArgs) {
  return sourceMaps ? pulumi.output(environment).apply(readingSourceMaps) : environment;
}

function functionArgs(
  args: BundledFunctionArgs,
  code: pulumi.asset.AssetArchive,
  role: aws.iam.Role,
  logGroup: LogGroup,
): aws.lambda.FunctionArgs {
  return {
    code,
    handler: BUNDLE_HANDLER,
    runtime: functionDefaults.runtime,
    architectures: [functionDefaults.architecture],
    role: role.arn,
    memorySize: args.memoryMiB ?? functionDefaults.memorySize,
    timeout: args.timeoutSeconds ?? functionDefaults.timeout,
    environment: { variables: variables(args) },
    loggingConfig: { logFormat: "Text", logGroup: logGroup.name },
    tracingConfig: { mode: args.tracingMode ?? functionDefaults.tracingMode },
    ...(args.description === undefined ? {} : { description: args.description }),
    ...(args.network === undefined
      ? {}
      : { vpcConfig: { subnetIds: args.network.subnetIds, securityGroupIds: args.network.securityGroupIds } }),
  };
}
