import { statSync } from "node:fs";
import { isAbsolute } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { matches, oneOf, type Problem, wholeNumber } from "../checks.ts";
import { arnRules } from "../defaults/arns.ts";
import { functionLimits, MAX_ENVIRONMENT_BYTES, TracingMode } from "../defaults/lambda.ts";
import { RemovalPolicy } from "../defaults/removal.ts";
import { iamRules } from "../defaults/text-rules.ts";
import { logProblems } from "../log-group.ts";
import type { BundledFunctionArgs } from "./args.ts";
import { readingSourceMaps } from "./source-maps.ts";

/**
 * Everything that is wrong with the args of a `BundledFunction`. A component that makes one checks them with its own
 * args, before it makes anything.
 *
 * @param at prefix of the args' names in messages, such as `function.`
 * @param settingsAt prefix of the names of `FunctionSettings`
 */
export function problems(args: BundledFunctionArgs, at = "", settingsAt = at): Problem[] {
  const { memoryMiB, timeoutSeconds } = functionLimits;
  return [
    entryProblem(`${at}entry`, args.entry),
    wholeNumber(`${settingsAt}memoryMiB`, args.memoryMiB, memoryMiB.min, memoryMiB.max),
    wholeNumber(`${settingsAt}timeoutSeconds`, args.timeoutSeconds, timeoutSeconds.min, timeoutSeconds.max),
    oneOf(`${settingsAt}tracingMode`, args.tracingMode, TracingMode),
    ...logProblems(`${settingsAt}logs`, args.logs),
    matches(`${at}roleName`, args.roleName, iamRules.roleName),
    matches(`${at}rolePath`, args.rolePath, iamRules.rolePath),
    matches(`${at}permissionsBoundaryArn`, args.permissionsBoundaryArn, arnRules.policy),
    oneOf(`${at}removalPolicy`, args.removalPolicy, RemovalPolicy),
    environmentProblem(`${at}environment`, args),
  ];
}

/**
 * The size of a function's environment variables as Lambda counts it: the bytes of their JSON. A value that is not
 * known before the deployment counts as empty; with source maps, the option that makes Node.js read them counts too.
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

function environmentProblem(arg: string, args: BundledFunctionArgs): Problem {
  const bytes = environmentBytes(args);
  return bytes <= MAX_ENVIRONMENT_BYTES
    ? undefined
    : `${arg} takes ${bytes} bytes as JSON; Lambda allows ${MAX_ENVIRONMENT_BYTES}: ` +
        `put what is long into a file that is bundled, or into a parameter that the function reads`;
}

function entryProblem(arg: string, entry: string): Problem {
  const given = `${arg} is ${JSON.stringify(entry)}`;
  const advice =
    "write the absolute path of a file that exports handler, " +
    `such as ${arg}: resolve(import.meta.dirname, "handler.ts")`;
  if (!isAbsolute(entry)) return `${given}, a relative path, which would be another file in another folder; ${advice}`;
  const found = statSync(entry, { throwIfNoEntry: false });
  if (found === undefined) return `${given}, which is not there; ${advice}`;
  return found.isFile() ? undefined : `${given}, which is no file; ${advice}`;
}
