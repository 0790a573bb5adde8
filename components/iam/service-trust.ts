import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { trustJson } from "./policy.ts";

/** Roles that an AWS service assumes. */
export const ServiceRole = {
  /** The execution role of a function. */
  Function: "function",
  /** The role of a delivery stream. */
  Delivery: "delivery",
  /** The role that API Gateway assumes to call a service. */
  Integration: "integration",
  /** The role that API Gateway assumes to write the access logs of an account. */
  AccessLogs: "accessLogs",
} as const;
export type ServiceRole = (typeof ServiceRole)[keyof typeof ServiceRole];

/** Who assumes a role, and whether it says for which account. */
export interface ServiceTrust {
  readonly service: string;
  /**
   * Whether AWS's page shows `aws:SourceAccount` in the trust policy of this very role: a condition key that the
   * service does not send would make the role unusable.
   */
  readonly sendsSourceAccount: boolean;
  /** AWS's page with the trust policy. */
  readonly page: string;
}

/**
 * Every role that a service assumes. None has the condition `aws:SourceArn`: a function, say, is made with its role, so
 * the role cannot name it.
 */
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

/** The trust policy of a role that an AWS service assumes; limited to this account if the service sends the account. */
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
