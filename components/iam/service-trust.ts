import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { trustJson } from "./policy.ts";

/** Roles that an AWS service assumes. */
export const ServiceRole = {
  /** The execution role of a function. */
  Function: "function",
  /** What a delivery stream writes with. */
  Delivery: "delivery",
  /** What API Gateway calls a service with. */
  Integration: "integration",
  /** What API Gateway writes the access logs of an account with. */
  AccessLogs: "accessLogs",
} as const;
export type ServiceRole = (typeof ServiceRole)[keyof typeof ServiceRole];

/** Who assumes a role, and whether it says for which account. */
export interface ServiceTrust {
  readonly service: string;
  /** Whether the page shows `aws:SourceAccount` in the trust policy of this very role: a key that the service does not send makes a role unusable. */
  readonly sendsSourceAccount: boolean;
  /** AWS's page with the trust policy. */
  readonly page: string;
}

/** Every role that a service assumes. `aws:SourceArn` is in none: a function, say, is made with its role and cannot be in it. */
export const serviceTrusts: Readonly<Record<ServiceRole, ServiceTrust>> = {
  [ServiceRole.Function]: {
    service: "lambda.amazonaws.com",
    sendsSourceAccount: true,
    page: "https://docs.aws.amazon.com/lambda/latest/dg/permissions-managed-policies.html",
  },
  [ServiceRole.Delivery]: {
    service: "firehose.amazonaws.com",
    sendsSourceAccount: false,
    page: "https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#firehose-assume-role",
  },
  [ServiceRole.Integration]: {
    service: "apigateway.amazonaws.com",
    sendsSourceAccount: false,
    page: "https://docs.aws.amazon.com/apigateway/latest/developerguide/permissions.html",
  },
  [ServiceRole.AccessLogs]: {
    service: "apigateway.amazonaws.com",
    sendsSourceAccount: false,
    page: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
  },
};

/** The trust policy of a role that an AWS service assumes, for its own account where the service says for which one it asks. */
export function serviceTrustJson(role: ServiceRole, parent: pulumi.Resource): pulumi.Output<string> {
  const { service, sendsSourceAccount } = serviceTrusts[role];
  return trustJson({
    sid: "AssumedByService",
    principal: { Service: service },
    ...(sendsSourceAccount
      ? { conditions: { StringEquals: { "aws:SourceAccount": aws.getCallerIdentityOutput({}, { parent }).accountId } } }
      : {}),
  });
}
