import { existsSync } from "node:fs";
import { logRetention, matches, oneOf, type Problem, wholeNumber } from "../checks.ts";
import { iamForms } from "../defaults/forms.ts";
import { functionLimits, TracingMode } from "../defaults/lambda.ts";
import { RemovalPolicy } from "../defaults/removal.ts";
import type { BundledFunctionArgs } from "./args.ts";

/** Everything that is wrong with the args of a function. A component that makes one checks them with its own, before it makes anything. */
export function functionProblems(args: BundledFunctionArgs): Problem[] {
  const { memoryMiB, timeoutSeconds } = functionLimits;
  return [
    existsSync(args.entry)
      ? undefined
      : `entry is ${JSON.stringify(args.entry)}, which is not there; write the path of a file that exports handler`,
    wholeNumber("memoryMiB", args.memoryMiB, memoryMiB.min, memoryMiB.max),
    wholeNumber("timeoutSeconds", args.timeoutSeconds, timeoutSeconds.min, timeoutSeconds.max),
    oneOf("tracingMode", args.tracingMode, TracingMode),
    matches("roleName", args.roleName, iamForms.roleName),
    matches("rolePath", args.rolePath, iamForms.rolePath),
    oneOf("removalPolicy", args.removalPolicy, RemovalPolicy),
    logRetention("logRetentionDays", args.logRetentionDays),
  ];
}
