import { alarmProblems } from "../alarms.ts";
import { matches, oneOf, type Problem, wholeNumber } from "../checks.ts";
import { arnRules } from "../defaults/arns.ts";
import { Compression, deliveryLimits } from "../defaults/firehose.ts";
import { RemovalPolicy } from "../defaults/removal.ts";
import { deliveryRules } from "../defaults/text-rules.ts";
import { logProblems } from "../log-group.ts";
import type { DeliverySettings, DeliveryStreamArgs } from "./args.ts";
import { expressionProblem } from "./prefixes.ts";

/** Everything that is wrong with the args of a `DeliveryStream`. */
export function problems(args: DeliveryStreamArgs): Problem[] {
  return [
    matches("bucketArn", args.bucketArn, arnRules.bucket),
    matches("bucketKmsKeyArn", args.bucketKmsKeyArn, arnRules.kmsKey),
    ...settingsProblems(args),
    ...alarmProblems(args.alarms),
    matches("permissionsBoundaryArn", args.permissionsBoundaryArn, arnRules.policy),
    oneOf("removalPolicy", args.removalPolicy, RemovalPolicy),
  ];
}

/**
 * Everything that is wrong with the delivery settings. A component that makes a delivery stream checks them with its
 * own args, before it makes anything.
 *
 * @param at prefix of the settings' names in messages, such as `delivery.`
 */
export function settingsProblems(settings: DeliverySettings, at = ""): Problem[] {
  const { bufferMiB, bufferSeconds } = deliveryLimits;
  return [
    wholeNumber(`${at}bufferMiB`, settings.bufferMiB, bufferMiB.min, bufferMiB.max),
    wholeNumber(`${at}bufferSeconds`, settings.bufferSeconds, bufferSeconds.min, bufferSeconds.max),
    oneOf(`${at}compression`, settings.compression, Compression),
    matches(`${at}prefix`, settings.prefix, deliveryRules.prefix),
    matches(`${at}errorPrefix`, settings.errorPrefix, deliveryRules.errorPrefix),
    prefixProblem(`${at}prefix`, settings.prefix, false),
    prefixProblem(`${at}errorPrefix`, settings.errorPrefix, true),
    matches(`${at}kmsKeyArn`, settings.kmsKeyArn, arnRules.kmsKey),
    ...logProblems(`${at}logs`, settings.logs),
  ];
}

function prefixProblem(arg: string, value: string | undefined, isError: boolean): Problem {
  const problem = value === undefined ? undefined : expressionProblem(value, { isError });
  return problem === undefined ? undefined : `${arg} is ${JSON.stringify(value)}: ${problem}`;
}
