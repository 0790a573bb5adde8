import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parseArn } from "../aws/arn.ts";
import { logRetention, matches, type Problem } from "./checks.ts";
import { arnRules } from "./defaults/arns.ts";
import { logGroupDefaults } from "./defaults/logs.ts";
import { RemovalPolicy } from "./defaults/removal.ts";
import { child, type Scope, type Transform } from "./scope.ts";

/** Where a component's log events go, and how they are kept. */
export interface LogSettings {
  /** Days until log events expire: one of the values that CloudWatch Logs allows. @default 30 */
  readonly retentionDays?: pulumi.Input<number>;
  /**
   * ARN of the customer managed key, of this account and region, that log events are encrypted with. Its key policy
   * must let CloudWatch Logs use it; no role needs a grant.
   * @default CloudWatch Logs' own key
   */
  readonly kmsKeyArn?: pulumi.Input<string>;
  /**
   * ARN of a log group that exists already, to be used instead of a new one. Its retention and encryption stay as they
   * are, and it is never deleted.
   * @default none: a log group is made
   */
  readonly existing?: pulumi.Input<string>;
}

/** A log group that a component writes to. */
export interface LogGroup {
  readonly name: pulumi.Output<string>;
  /** Without `:*` at the end. */
  readonly arn: pulumi.Output<string>;
  /** The child; undefined where the log group existed already. */
  readonly node: aws.cloudwatch.LogGroup | undefined;
}

/**
 * Makes the log group of a component, or takes the existing one. With `retain`, the default, the group stays when the
 * component goes.
 */
export function createLogGroup(
  scope: Scope,
  transform: Transform<aws.cloudwatch.LogGroupArgs> | undefined,
  suffix: string,
  settings: LogSettings = {},
  removalPolicy: string | undefined,
): LogGroup {
  if (settings.existing !== undefined) {
    const arn = pulumi.output(settings.existing).apply((text) => text.replace(/:\*$/, ""));
    return { name: arn.apply((text) => parseArn(text).resource.replace(/^log-group:/, "")), arn, node: undefined };
  }
  const node = child(
    scope,
    transform,
    suffix,
    aws.cloudwatch.LogGroup,
    {
      retentionInDays: settings.retentionDays ?? logGroupDefaults.retentionInDays,
      ...(settings.kmsKeyArn === undefined ? {} : { kmsKeyId: settings.kmsKeyArn }),
    },
    { retainOnDelete: removalPolicy !== RemovalPolicy.Destroy },
  );
  return { name: node.name, arn: node.arn, node };
}

/**
 * Everything that is wrong with the settings of a log group.
 *
 * @param arg the component's name for these settings, such as `logs`
 */
export function logProblems(arg: string, settings: LogSettings = {}): Problem[] {
  return [
    settings.existing !== undefined && settings.retentionDays !== undefined
      ? `${arg}.retentionDays is given with ${arg}.existing, whose retention stays as it is: leave one of them out`
      : logRetention(`${arg}.retentionDays`, settings.retentionDays),
    settings.existing !== undefined && settings.kmsKeyArn !== undefined
      ? `${arg}.kmsKeyArn is given with ${arg}.existing, whose encryption stays as it is: leave one of them out`
      : matches(`${arg}.kmsKeyArn`, settings.kmsKeyArn, arnRules.kmsKey),
    matches(`${arg}.existing`, settings.existing, arnRules.logGroup),
  ];
}
