import { z } from "zod";

/** Events, and bytes with their overhead, of one PutLogEvents; bytes of one event. */
export const MAX_BATCH_EVENTS = 10_000;
export const MAX_BATCH_BYTES = 1_048_576;

/** What a log group may be named. */
export const logGroupName = z.string().regex(/^[.\-_/#A-Za-z0-9]{1,512}$/, "must be 1 to 512 of a-z A-Z 0-9 . - _ / #");
/** What a log stream may be named. */
export const logStreamName = z.string().regex(/^[^:*]{1,512}$/, "must be 1 to 512 characters without : and *");

/** Days that a log group may keep its events; without any of them, for ever. */
export const RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const retentionInDays = z
  .number()
  .refine((days) => RETENTION_DAYS.includes(days), `must be one of ${RETENTION_DAYS.join(", ")}`);

const time = z.number().int().min(0);
/** The name of a group, or its ARN. */
const group = { logGroupName: z.string().optional(), logGroupIdentifier: z.string().optional() };

const tags = z.record(z.string().min(1).max(128), z.string().max(256));
const resourceArn = z.string().min(1).max(1011);

/** CloudWatch Logs takes no id and no alias of a key. */
export const kmsKeyArn = z
  .string()
  .max(256)
  .regex(/^arn:[^:]+:kms:[^:]*:\d{12}:key\/.+$/, "must be the ARN of a KMS key");

export const createLogGroupInput = z.strictObject({
  logGroupName,
  kmsKeyId: kmsKeyArn.optional(),
  tags: tags.optional(),
});

/** Results of queries, which may have a key too, are not kept here. */
const ofGroup = { logGroupName };
export const associateKmsKeyInput = z.strictObject({ ...ofGroup, kmsKeyId: kmsKeyArn });
export const disassociateKmsKeyInput = z.strictObject(ofGroup);

export const logGroupInput = z.strictObject({ logGroupName });

export const putRetentionPolicyInput = z.strictObject({ logGroupName, retentionInDays });

export const listTagsForResourceInput = z.strictObject({ resourceArn });

export const tagResourceInput = z.strictObject({ resourceArn, tags });

export const untagResourceInput = z.strictObject({ resourceArn, tagKeys: z.array(z.string()).max(50) });

/** Of CreateLogStream and DeleteLogStream. */
export const logStreamInput = z.strictObject({ logGroupName, logStreamName });

export const putLogEventsInput = z.strictObject({
  logGroupName,
  logStreamName,
  logEvents: z
    .array(z.strictObject({ timestamp: time, message: z.string().min(1) }))
    .min(1)
    .max(MAX_BATCH_EVENTS),
  sequenceToken: z.string().optional(),
});

export const describeLogGroupsInput = z.strictObject({
  logGroupNamePrefix: z.string().optional(),
  logGroupNamePattern: z.string().optional(),
  limit: z.number().int().min(1).max(50).default(50),
  nextToken: z.string().optional(),
});

export const describeLogStreamsInput = z.strictObject({
  ...group,
  logStreamNamePrefix: z.string().optional(),
  orderBy: z.enum(["LogStreamName", "LastEventTime"]).default("LogStreamName"),
  descending: z.boolean().default(false),
  limit: z.number().int().min(1).max(50).default(50),
  nextToken: z.string().optional(),
});

export const getLogEventsInput = z.strictObject({
  ...group,
  logStreamName,
  startTime: time.optional(),
  endTime: time.optional(),
  startFromHead: z.boolean().default(false),
  limit: z.number().int().min(1).max(10_000).default(10_000),
  nextToken: z.string().optional(),
});

export const filterLogEventsInput = z.strictObject({
  ...group,
  logStreamNames: z.array(logStreamName).max(100).optional(),
  logStreamNamePrefix: z.string().optional(),
  startTime: time.optional(),
  endTime: time.optional(),
  filterPattern: z.string().max(1024).default(""),
  limit: z.number().int().min(1).max(10_000).default(10_000),
  nextToken: z.string().optional(),
  /** Always so; AWS ignores it too. */
  interleaved: z.boolean().optional(),
});
