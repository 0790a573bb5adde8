import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { logGroupDefaults } from "../defaults/logs.ts";
import { RemovalPolicy } from "../defaults/removal.ts";
import { boundary } from "../iam/boundary.ts";
import { policyJson } from "../iam/policy.ts";
import { ServiceRole, serviceTrustJson } from "../iam/service-trust.ts";
import {
  type AccessLogArgs,
  GatewayAccount,
  type IngestGatewayArgs,
  type StageThrottlingArgs,
  type UsagePlanArgs,
} from "./args.ts";
import { type Children, child, deploymentHash } from "./children.ts";
import { accessLogFields, gatewayDefaults, usagePlanDefaults } from "./defaults.ts";

/** What API Gateway checks its CloudWatch role for. */
const LOG_ACTIONS = [
  "logs:CreateLogGroup",
  "logs:CreateLogStream",
  "logs:DescribeLogGroups",
  "logs:DescribeLogStreams",
  "logs:PutLogEvents",
  "logs:GetLogEvents",
  "logs:FilterLogEvents",
] as const;

/** The role that writes the access logs of all APIs of the account and region, and the account's setting. */
export interface AccountNodes {
  readonly accountRole?: aws.iam.Role;
  readonly accountPolicy?: aws.iam.RolePolicy;
  readonly account?: aws.apigateway.Account;
}

/**
 * Makes the account's CloudWatch role, when asked to. All of it outlives the gateway, as other APIs of the account rely on it; unless what the gateway
 * leaves is to be destroyed.
 */
export function createAccount(children: Children, args: IngestGatewayArgs): AccountNodes {
  const { accessLog = {}, apiGatewayAccount = gatewayDefaults.apiGatewayAccount } = args;
  if (accessLog.isEnabled === false || apiGatewayAccount !== GatewayAccount.Manage) return {};
  const { transform } = children;
  const retained = { retainOnDelete: accessLog.removalPolicy !== RemovalPolicy.Destroy };
  const accountRole = new aws.iam.Role(
    ...child(
      children,
      transform.accountRole,
      "account-role",
      {
        description: "API Gateway writes the access logs of all APIs of this account and region with it.",
        assumeRolePolicy: serviceTrustJson(ServiceRole.AccessLogs, children.parent),
        ...boundary(args.permissionsBoundaryArn),
      },
      retained,
    ),
  );
  const accountPolicy = new aws.iam.RolePolicy(
    ...child(
      children,
      transform.accountPolicy,
      "account-policy",
      {
        role: accountRole.name,
        // The one "*": the role serves every log group of every API, and API Gateway refuses a role that could not.
        policy: policyJson([{ sid: "WriteAccessLogs", actions: LOG_ACTIONS, resources: ["*"] }]),
      },
      retained,
    ),
  );
  const account = new aws.apigateway.Account(
    ...child(
      children,
      transform.account,
      "account",
      { cloudwatchRoleArn: accountRole.arn },
      { ...retained, dependsOn: [accountPolicy] },
    ),
  );
  return { accountRole, accountPolicy, account };
}

/** Makes the access log's group; undefined when the log is off. */
export function createLogGroup(children: Children, args: AccessLogArgs): aws.cloudwatch.LogGroup | undefined {
  if (args.isEnabled === false) return undefined;
  return new aws.cloudwatch.LogGroup(
    ...child(
      children,
      children.transform.logGroup,
      "access-log",
      { retentionInDays: args.retentionDays ?? logGroupDefaults.retentionInDays },
      { retainOnDelete: args.removalPolicy !== RemovalPolicy.Destroy },
    ),
  );
}

/** What a stage is made from. */
export interface StageInput {
  readonly restApi: aws.apigateway.RestApi;
  readonly stageName: string;
  readonly logGroup: aws.cloudwatch.LogGroup | undefined;
  readonly account: aws.apigateway.Account | undefined;
  readonly throttling: StageThrottlingArgs | undefined;
}

/** Makes the deployment, which waits for everything that it takes a picture of, the stage, and its limits if there are any. */
export function createStage(children: Children, input: StageInput) {
  const { transform, deployed } = children;
  const { restApi, logGroup, account, throttling } = input;
  const deployment = new aws.apigateway.Deployment(
    ...child(
      children,
      transform.deployment,
      "deployment",
      { restApi: restApi.id, triggers: { deployed: deploymentHash(deployed.args) } },
      { dependsOn: deployed.resources },
    ),
  );
  const stage = new aws.apigateway.Stage(
    ...child(
      children,
      transform.stage,
      "stage",
      {
        restApi: restApi.id,
        deployment: deployment.id,
        stageName: input.stageName,
        ...(logGroup
          ? { accessLogSettings: { destinationArn: logGroup.arn, format: JSON.stringify(accessLogFields) } }
          : {}),
      },
      account ? { dependsOn: [account] } : {},
    ),
  );
  if (!throttling) return { deployment, stage };
  const methodSettings = new aws.apigateway.MethodSettings(
    ...child(children, transform.methodSettings, "method-settings", {
      restApi: restApi.id,
      stageName: stage.stageName,
      methodPath: "*/*",
      settings: { throttlingRateLimit: throttling.rateLimit, throttlingBurstLimit: throttling.burstLimit },
    }),
  );
  return { deployment, stage, methodSettings };
}

/** Makes an API key and the plan that meters it. */
export function createApiKey(
  children: Children,
  restApi: aws.apigateway.RestApi,
  stage: aws.apigateway.Stage,
  plan: UsagePlanArgs,
) {
  const { transform, name } = children;
  const apiKey = new aws.apigateway.ApiKey(
    ...child(children, transform.apiKey, "api-key", { description: `A client of ${name}.` }),
  );
  const usagePlan = new aws.apigateway.UsagePlan(
    ...child(children, transform.usagePlan, "usage-plan", {
      description: `What a client of ${name} may send.`,
      apiStages: [{ apiId: restApi.id, stage: stage.stageName }],
      throttleSettings: {
        rateLimit: plan.rateLimit ?? usagePlanDefaults.rateLimit,
        burstLimit: plan.burstLimit ?? usagePlanDefaults.burstLimit,
      },
      ...(plan.quota ? { quotaSettings: plan.quota } : {}),
    }),
  );
  const usagePlanKey = new aws.apigateway.UsagePlanKey(
    ...child(children, transform.usagePlanKey, "usage-plan-key", {
      keyId: apiKey.id,
      keyType: "API_KEY",
      usagePlanId: usagePlan.id,
    }),
  );
  return { apiKey, usagePlan, usagePlanKey };
}

/** A secret even where the engine does not know that it is one. */
export function secretValue(apiKey: aws.apigateway.ApiKey): pulumi.Output<string> {
  return pulumi.secret(apiKey.value);
}
