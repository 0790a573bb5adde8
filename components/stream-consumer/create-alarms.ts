import type * as pulumi from "@pulumi/pulumi";
import { createAlarm } from "../alarms.ts";
import { alarmDefaults } from "../defaults/alarms.ts";
import { SHORTEST_RETENTION_SECONDS } from "../defaults/kinesis.ts";
import { mappingLimits } from "../defaults/lambda.ts";
import type { Scope } from "../scope.ts";
import type { StreamConsumerArgs, StreamConsumerTransform } from "./args.ts";
import { recordAge, retentionSeconds } from "./checks.ts";

const LAMBDA = "AWS/Lambda";

/** Makes the alarms of a consumer: late reads, failures, throttles, and failed batches that are lost. */
export function createAlarms(
  scope: Scope,
  args: StreamConsumerArgs,
  transform: StreamConsumerTransform,
  functionName: pulumi.Output<string>,
) {
  const { lateness, functionFailures, each } = alarmDefaults;
  const ofFunction = { namespace: LAMBDA, dimensions: { FunctionName: functionName } };
  const iteratorAgeAlarm = createAlarm(scope, args.alarms, transform.iteratorAgeAlarm, "iterator-age", {
    ...ofFunction,
    ...lateness,
    description:
      `Records are processed so late that ${lateness.share * 100} % of the time is used up after ` +
      `which they are given up or lost.`,
    metricName: "IteratorAge",
    statistic: "Maximum",
    atLeast: usableSeconds(args) * 1000 * lateness.share,
  });
  const errorAlarm = createAlarm(scope, args.alarms, transform.errorAlarm, "errors", {
    ...ofFunction,
    ...functionFailures,
    description: "The function fails again and again; its batches are tried again until they are given up.",
    metricName: "Errors",
    statistic: "Sum",
  });
  const throttleAlarm = createAlarm(scope, args.alarms, transform.throttleAlarm, "throttles", {
    ...ofFunction,
    ...functionFailures,
    description: "The function is not let run again and again: the account's or its own concurrency is used up.",
    metricName: "Throttles",
    statistic: "Sum",
  });
  const failedDeliveryAlarm =
    args.onFailure === undefined
      ? undefined
      : createAlarm(scope, args.alarms, transform.failedDeliveryAlarm, "failed-deliveries", {
          ...ofFunction,
          ...each,
          description: "A batch that was given up did not reach its on-failure destination: its records are lost.",
          metricName: "DestinationDeliveryFailures",
          statistic: "Sum",
        });
  return { iteratorAgeAlarm, errorAlarm, throttleAlarm, failedDeliveryAlarm };
}

/** Seconds until a record is given up, or expires in the stream. */
function usableSeconds(args: StreamConsumerArgs): number {
  const retention = retentionSeconds(args) ?? SHORTEST_RETENTION_SECONDS;
  const age = recordAge(args);
  return age === mappingLimits.forever ? retention : Math.min(age, retention);
}
