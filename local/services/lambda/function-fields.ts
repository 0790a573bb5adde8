import { z } from "zod";
import { MAX_ENVIRONMENT_BYTES, RESERVED_VARIABLES, RUNTIMES } from "./limits.ts";

const oneOf = <const T extends readonly string[]>(values: T, where = "") =>
  z.enum(values, { error: `must be one of ${values.join(", ")}${where}` });

/** Rules for each setting of a function, shared by the resource type and the operations. */
export const functionFields = {
  role: z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, "must be the ARN of a role"),
  handler: z.string().regex(/^\S{1,128}$/, "must be 1 to 128 characters without white space, such as index.handler"),
  runtime: oneOf(RUNTIMES, " in the local cloud"),
  description: z.string().max(256),
  memorySizeMb: z.number().int().min(128).max(10_240),
  timeoutSeconds: z.number().int().min(1).max(900),
  architectures: z.tuple([oneOf(["x86_64", "arm64"])]),
  variables: z.record(z.string(), z.string()),
  ephemeralStorageMb: z.number().int().min(512).max(10_240),
  logFormat: oneOf(["Text", "JSON"]),
  logGroupName: z.string().regex(/^[.\-_/#A-Za-z0-9]{1,512}$/, "must be 1 to 512 of a-z A-Z 0-9 . - _ / #"),
  applicationLogLevel: oneOf(["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"]),
  systemLogLevel: oneOf(["DEBUG", "INFO", "WARN"]),
  tracingMode: oneOf(["Active", "PassThrough"]),
} as const;

/** Lambda's objections to environment variables, one sentence per mistake. */
export function variableProblems(variables: Readonly<Record<string, string>>): readonly string[] {
  const names = Object.keys(variables);
  const reserved = names.filter((name) => (RESERVED_VARIABLES as readonly string[]).includes(name));
  const misnamed = names.filter((name) => !/^[a-zA-Z]\w+$/.test(name) && !reserved.includes(name));
  const bytes = Buffer.byteLength(JSON.stringify(variables));
  return [
    ...(reserved.length > 0 ? [`Lambda sets these itself: ${reserved.join(", ")}`] : []),
    ...(misnamed.length > 0
      ? [
          `names begin with a letter and have letters, digits and _ only, at least two characters: ${misnamed.join(", ")}`,
        ]
      : []),
    ...(bytes > MAX_ENVIRONMENT_BYTES
      ? [`environment variables take ${bytes} bytes as JSON; ${MAX_ENVIRONMENT_BYTES} are allowed`]
      : []),
  ];
}

/** The mistake in a format's log levels; undefined when there is none. */
export function logLevelProblem(logging: {
  readonly logFormat?: string | undefined;
  readonly applicationLogLevel?: string | undefined;
  readonly systemLogLevel?: string | undefined;
}): string | undefined {
  const { logFormat, applicationLogLevel, systemLogLevel } = logging;
  const hasLevel = (applicationLogLevel ?? systemLogLevel) !== undefined;
  return logFormat === "Text" && hasLevel ? "log levels need logFormat JSON" : undefined;
}
