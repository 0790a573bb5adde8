import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { accessLogFields, GatewayAccount, gatewayDefaults, usagePlanDefaults } from "../defaults/gateway.ts";
import { RemovalPolicy } from "../defaults/removal.ts";
import { createRole } from "../iam/create-role.ts";
import { ServiceRole, serviceTrustJson } from "../iam/service-trust.ts";
import { createLogGroup, type LogGroup } from "../log-group.ts";
import { child } from "../scope.ts";
import type { IngestGatewayArgs, StageThrottlingArgs, UsagePlanArgs } from "./args.ts";
import { deploymentHash, type GatewayScope } from "./gateway-scope.ts";

/** The actions that API Gateway demands of its CloudWatch role. */
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
 * Makes the account's CloudWatch role, when asked to. The role outlives the gateway, because other APIs of the account
 * rely on it; unless `removalPolicy` is `destroy`.
 */
export function createAccount(scope: GatewayScope, args: IngestGatewayArgs): AccountNodes {
  const { accessLog = {}, apiGatewayAccount = gatewayDefaults.apiGatewayAccount } = args;
  if (accessLog.enabled === false || apiGatewayAccount !== GatewayAccount.Manage) return {};
  const { transform } = scope;
  const retained = { retainOnDelete: args.removalPolicy !== RemovalPolicy.Destroy };
  const { role: accountRole, policy: accountPolicy } = createRole(
    scope,
    { role: transform.accountRole, policy: transform.accountPolicy },
    {
      suffixes: { role: "account-role", policy: "account-policy" },
      trustPolicy: serviceTrustJson(ServiceRole.AccessLogs, scope.component),
      // The one "*": the role serves every log group of every API, and API Gateway refuses a role that could not.
      statements: [{ sid: "WriteAccessLogs", actions: [...LOG_ACTIONS], resources: ["*"] }],
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      settings: { description: "API Gateway writes the access logs of all APIs of this account and region with it." },
      options: retained,
    },
  );
  const account = child(
    scope,
    transform.account,
    "account",
    aws.apigateway.Account,
    { cloudwatchRoleArn: accountRole.arn },
    { ...retained, dependsOn: [accountPolicy] },
  );
  return { accountRole, accountPolicy, account };
}

/** The access log's group; undefined when the log is off. */
export function createAccessLog(
  scope: GatewayScope,
  { accessLog = {}, removalPolicy }: IngestGatewayArgs,
): LogGroup | undefined {
  if (accessLog.enabled === false) return undefined;
  return createLogGroup(scope, scope.transform.logGroup, "access-log", accessLog, removalPolicy);
}

/** Inputs of a stage. */
export interface StageInput {
  readonly restApi: aws.apigateway.RestApi;
  readonly stageName: string;
  readonly logGroup: LogGroup | undefined;
  readonly account: aws.apigateway.Account | undefined;
  readonly throttling: StageThrottlingArgs | undefined;
}

/**
 * Makes the deployment, which depends on everything that it is a snapshot of, then the stage, and its limits if there
 * are any.
 */
export function createStage(scope: GatewayScope, input: StageInput) {
  const { transform, deployed } = scope;
  const { restApi, logGroup, account, throttling } = input;
  const deployment = child(
    scope,
    transform.deployment,
    "deployment",
    aws.apigateway.Deployment,
    { restApi: restApi.id, triggers: { deployed: deploymentHash(deployed.args) } },
    { dependsOn: deployed.resources },
  );
  const stage = child(
    scope,
    transform.stage,
    "stage",
    aws.apigateway.Stage,
    {
      restApi: restApi.id,
      deployment: deployment.id,
      stageName: input.stageName,
      ...(logGroup
        ? { accessLogSettings: { destinationArn: logGroup.arn, format: JSON.stringify(accessLogFields) } }
        : {}),
    },
    account ? { dependsOn: [account] } : {},
  );
  if (!throttling) return { deployment, stage };
  const methodSettings = child(scope, transform.methodSettings, "method-settings", aws.apigateway.MethodSettings, {
    restApi: restApi.id,
    stageName: stage.stageName,
    methodPath: "*/*",
    settings: { throttlingRateLimit: throttling.rateLimit, throttlingBurstLimit: throttling.burstLimit },
  });
  return { deployment, stage, methodSettings };
}

/** Makes an API key and the plan that meters it. */
export function createApiKey(
  scope: GatewayScope,
  restApi: aws.apigateway.RestApi,
  stage: aws.apigateway.Stage,
  plan: UsagePlanArgs,
) {
  const { transform, name } = scope;
  const apiKey = child(scope, transform.apiKey, "api-key", aws.apigateway.ApiKey, {
    description: `A client of ${name}.`,
  });
  const usagePlan = child(scope, transform.usagePlan, "usage-plan", aws.apigateway.UsagePlan, {
    description: `What a client of ${name} may send.`,
    apiStages: [{ apiId: restApi.id, stage: stage.stageName }],
    throttleSettings: {
      rateLimit: plan.rateLimit ?? usagePlanDefaults.rateLimit,
      burstLimit: plan.burstLimit ?? usagePlanDefaults.burstLimit,
    },
    ...(plan.quota ? { quotaSettings: plan.quota } : {}),
  });
  const usagePlanKey = child(scope, transform.usagePlanKey, "usage-plan-key", aws.apigateway.UsagePlanKey, {
    keyId: apiKey.id,
    keyType: "API_KEY",
    usagePlanId: usagePlan.id,
  });
  return { apiKey, usagePlan, usagePlanKey };
}

/** The key's value, as a secret even where the engine does not mark it as one. */
export function secretValue(apiKey: aws.apigateway.ApiKey): pulumi.Output<string> {
  return pulumi.secret(apiKey.value);
}
