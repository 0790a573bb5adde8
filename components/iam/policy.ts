import * as pulumi from "@pulumi/pulumi";

/** Operator → key → values, as IAM has it: `{ StringEquals: { "s3:ResourceAccount": "…" } }`. */
export type Conditions = Readonly<
  Record<string, Readonly<Record<string, pulumi.Input<string> | readonly pulumi.Input<string>[]>>>
>;

/** One statement that allows or denies; actions and resources are always named. */
export interface PolicyStatement {
  /** Statement id: its purpose in letters and digits. */
  readonly sid: string;
  /** `Allow` or `Deny`. @default "Allow" */
  readonly effect?: string;
  /** Such as `kinesis:GetRecords`. */
  readonly actions: string[];
  /** ARNs; `*` only where the action has no resource. */
  readonly resources: pulumi.Input<string>[];
  readonly conditions?: Conditions;
}

/** The statement of a trust policy: who may assume the role, and under which conditions. */
export interface TrustStatement {
  readonly sid: string;
  /** `Service` (a service's principal) or `AWS` (an account's root or a role). */
  readonly principal: Readonly<Record<string, pulumi.Input<string>>>;
  readonly conditions?: Conditions;
}

const VERSION = "2012-10-17";

/** The JSON text of an identity policy. Pure: the same statements give the same text. */
export function policyJson(statements: readonly PolicyStatement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: VERSION,
    Statement: statements.map((statement) => ({
      Sid: statement.sid,
      Effect: statement.effect ?? "Allow",
      Action: statement.actions,
      Resource: statement.resources,
      ...(statement.conditions === undefined ? {} : { Condition: statement.conditions }),
    })),
  });
}

/** The JSON text of a role's trust policy. */
export function trustJson(statement: TrustStatement): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: VERSION,
    Statement: [
      {
        Sid: statement.sid,
        Effect: "Allow",
        Principal: statement.principal,
        Action: "sts:AssumeRole",
        ...(statement.conditions === undefined ? {} : { Condition: statement.conditions }),
      },
    ],
  });
}

/** A bucket policy that refuses every request without TLS. */
export function tlsOnlyBucketPolicyJson(bucketArn: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: VERSION,
    Statement: [
      {
        Sid: "RefuseWithoutTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucketArn, pulumi.interpolate`${bucketArn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
