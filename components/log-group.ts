import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { logRetention, type Problem } from "./checks.ts";
import { logGroupDefaults } from "./defaults/logs.ts";
import { RemovalPolicy } from "./defaults/removal.ts";
import { child, type Scope, type Transform } from "./scope.ts";

/** How a component's log events are kept. */
export interface LogSettings {
  /** Days until log events expire: one of the values that CloudWatch Logs allows. @default 30 */
  readonly retentionDays?: pulumi.Input<number>;
}

/** Makes the log group of a component; with `retain`, the default, the group stays when the component goes. */
export function createLogGroup(
  scope: Scope,
  transform: Transform<aws.cloudwatch.LogGroupArgs> | undefined,
  suffix: string,
  settings: LogSettings | undefined,
  removalPolicy: string | undefined,
): aws.cloudwatch.LogGroup {
  return child(
    scope,
    transform,
    suffix,
    aws.cloudwatch.LogGroup,
    { retentionInDays: settings?.retentionDays ?? logGroupDefaults.retentionInDays },
    { retainOnDelete: removalPolicy !== RemovalPolicy.Destroy },
  );
}

/** Everything that is wrong with the settings of a log group. @param arg what the component calls them */
export function logProblems(arg: string, settings: LogSettings = {}): Problem[] {
  return [logRetention(`${arg}.retentionDays`, settings.retentionDays)];
}
