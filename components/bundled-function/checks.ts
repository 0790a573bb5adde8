import { statSync } from "node:fs";
import { isAbsolute } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { logRetention, matches, oneOf, type Problem, wholeNumber } from "../checks.ts";
import { arnRules } from "../defaults/arns.ts";
import { functionLimits, MAX_ENVIRONMENT_BYTES, TracingMode } from "../defaults/lambda.ts";
import { RemovalPolicy } from "../defaults/removal.ts";
import { iamRules } from "../defaults/text-rules.ts";
import type { BundledFunctionArgs } from "./args.ts";
import { readingSourceMaps } from "./source-maps.ts";

/** Everything that is wrong with the args of a function. A component that makes one checks them with its own, before it makes anything. */
export function functionProblems(args: BundledFunctionArgs): Problem[] {
  const { memoryMiB, timeoutSeconds } = functionLimits;
  return [
    entryProblem(args.entry),
    wholeNumber("memoryMiB", args.memoryMiB, memoryMiB.min, memoryMiB.max),
    wholeNumber("timeoutSeconds", args.timeoutSeconds, timeoutSeconds.min, timeoutSeconds.max),
    oneOf("tracingMode", args.tracingMode, TracingMode),
    matches("roleName", args.roleName, iamRules.roleName),
    matches("rolePath", args.rolePath, iamRules.rolePath),
    matches("permissionsBoundaryArn", args.permissionsBoundaryArn, arnRules.policy),
    oneOf("removalPolicy", args.removalPolicy, RemovalPolicy),
    logRetention("logRetentionDays", args.logRetentionDays),
    environmentProblem(args),
  ];
}

/**
 * The bytes of a function's environment variables as Lambda counts them: their JSON. What is not known before the deployment counts as empty; the option by which
 * Node.js reads source maps counts where there are some.
 */
export function environmentBytes({
  environment = {},
  sourceMaps = false,
}: Pick<BundledFunctionArgs, "environment" | "sourceMaps">): number {
  const isKnown = !pulumi.Output.isInstance(environment) && !(environment instanceof Promise);
  const entries = Object.entries(isKnown ? environment : {});
  const known = Object.fromEntries(entries.map(([name, value]) => [name, typeof value === "string" ? value : ""]));
  return Buffer.byteLength(JSON.stringify(sourceMaps ? readingSourceMaps(known) : known));
}

function environmentProblem(args: BundledFunctionArgs): Problem {
  const bytes = environmentBytes(args);
  return bytes <= MAX_ENVIRONMENT_BYTES
    ? undefined
    : `environment takes ${bytes} bytes as JSON; Lambda allows ${MAX_ENVIRONMENT_BYTES}: put what is long into a file that is bundled, or into a parameter that the function reads`;
}

function entryProblem(entry: string): Problem {
  const given = `entry is ${JSON.stringify(entry)}`;
  const advice =
    'write the absolute path of a file that exports handler, such as entry: resolve(import.meta.dirname, "handler.ts")';
  if (!isAbsolute(entry)) return `${given}, a relative path, which would be another file in another folder; ${advice}`;
  const found = statSync(entry, { throwIfNoEntry: false });
  if (found === undefined) return `${given}, which is not there; ${advice}`;
  return found.isFile() ? undefined : `${given}, which is no file; ${advice}`;
}
