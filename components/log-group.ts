import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { logGroupDefaults } from "./defaults/logs.ts";
import { RemovalPolicy } from "./defaults/removal.ts";
import { child, type Scope, type Transform } from "./scope.ts";

/** How a log group is made. */
export interface LogGroupInput {
  /** Days until log events expire. */
  readonly retentionDays: pulumi.Input<number> | undefined;
  /** Whether the log group stays in the account when the component goes. */
  readonly removalPolicy: string | undefined;
}

/** Makes the log group of a component. */
export function createLogGroup(
  scope: Scope,
  transform: Transform<aws.cloudwatch.LogGroupArgs> | undefined,
  suffix: string,
  { retentionDays, removalPolicy }: LogGroupInput,
): aws.cloudwatch.LogGroup {
  return child(
    scope,
    transform,
    suffix,
    aws.cloudwatch.LogGroup,
    { retentionInDays: retentionDays ?? logGroupDefaults.retentionInDays },
    { retainOnDelete: removalPolicy !== RemovalPolicy.Destroy },
  );
}
