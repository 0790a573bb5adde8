import { z } from "zod";
import { type CrossMistake, withCrossChecks } from "../../resource-types/cross-checks.ts";
import { isTimeZone, prefixFailures } from "./prefix.ts";

/** Logging of failed deliveries; names only when it is enabled. */
export interface DeliveryLogging {
  readonly enabled: boolean;
  readonly logGroupName?: string | undefined;
  readonly logStreamName?: string | undefined;
}

const arn = (service: string, most: number) =>
  z
    .string()
    .regex(new RegExp(`^arn:[^:]+:${service}:`), `must be an ARN of ${service}`)
    .max(most);

/** Schemas of the settings of a destination, for the resource type and for UpdateDestination. */
export const destinationParts = {
  bucketArn: arn("s3", 2048),
  roleArn: arn("iam", 512),
  bufferingSize: z.number().int().min(1, "must be 1 to 128 MiB").max(128, "must be 1 to 128 MiB"),
  bufferingInterval: z.number().int().min(0, "must be 0 to 900 seconds").max(900, "must be 0 to 900 seconds"),
  compressionFormat: z.enum(["UNCOMPRESSED", "GZIP"], "the local cloud supports UNCOMPRESSED and GZIP only"),
  prefix: z.string().max(1024),
  errorOutputPrefix: z.string().max(1024),
  fileExtension: z
    .string()
    .max(50, "must have at most 50 characters")
    .regex(/^(\.[0-9a-z!\-_.*'()]+)?$/, "must be empty or a dot followed by 0-9 a-z ! - _ . * ' ( )"),
  customTimeZone: z.string().max(50).refine(isTimeZone, "must be the name of a time zone, such as UTC or Europe/Oslo"),
  s3BackupMode: z.literal("Disabled", "the local cloud supports s3BackupMode Disabled only"),
} as const;

/** `extendedS3Configuration` of a delivery stream, with the defaults that the provider and AWS have. */
export const destinationInputs = withCrossChecks(
  z.strictObject({
    bucketArn: destinationParts.bucketArn,
    roleArn: destinationParts.roleArn,
    bufferingSize: destinationParts.bufferingSize.default(5),
    bufferingInterval: destinationParts.bufferingInterval.default(300),
    compressionFormat: destinationParts.compressionFormat.default("UNCOMPRESSED"),
    prefix: destinationParts.prefix.default(""),
    errorOutputPrefix: destinationParts.errorOutputPrefix.default(""),
    fileExtension: destinationParts.fileExtension.default(""),
    customTimeZone: destinationParts.customTimeZone.default("UTC"),
    s3BackupMode: destinationParts.s3BackupMode.default("Disabled"),
    cloudwatchLoggingOptions: z
      .strictObject({
        enabled: z.boolean().default(false),
        logGroupName: z.string().optional(),
        logStreamName: z.string().optional(),
      })
      .optional(),
  }),
  ({ prefix, errorOutputPrefix, cloudwatchLoggingOptions }) => [
    ...(prefix === undefined || errorOutputPrefix === undefined
      ? []
      : prefixFailures({ prefix, errorOutputPrefix }).map(({ property, reason }) => ({ path: [property], reason }))),
    ...loggingMistakes(cloudwatchLoggingOptions),
  ],
);

type Inputs = z.infer<typeof destinationInputs>;

/** Where a delivery stream delivers, and how. */
export type Destination = Readonly<Omit<Inputs, "cloudwatchLoggingOptions">> & {
  readonly cloudwatchLoggingOptions: DeliveryLogging;
};

/** The destination of a program's inputs. @param before keeps its logging when the inputs leave it out. */
export function toDestination(inputs: Inputs, before?: Destination): Destination {
  const logging = inputs.cloudwatchLoggingOptions ?? before?.cloudwatchLoggingOptions ?? { enabled: false };
  return { ...inputs, cloudwatchLoggingOptions: asLogging(logging) };
}

/** Logging in its canonical form: without names when it is disabled. */
export function asLogging(logging: DeliveryLogging): DeliveryLogging {
  return logging.enabled ? logging : { enabled: false };
}

/** What is wrong with a destination as a whole: one text for each mistake. */
export function destinationMistakes(destination: Destination): readonly string[] {
  return [
    ...prefixFailures(destination).map(({ property, reason }) => `${property}: ${reason}`),
    ...loggingMistakes(destination.cloudwatchLoggingOptions).map(({ reason }) => reason),
  ];
}

function loggingMistakes(logging: DeliveryLogging | undefined): readonly CrossMistake[] {
  if (!logging?.enabled || (logging.logGroupName && logging.logStreamName)) return [];
  return [
    {
      path: ["cloudwatchLoggingOptions"],
      reason: "logGroupName and logStreamName must be given when logging is enabled",
    },
  ];
}
