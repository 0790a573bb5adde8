import { z } from "zod";
import { destinationKindOf } from "./destination.ts";
import { MAX_FILTERS } from "./filters/criteria.ts";
import { FOREVER } from "./settings.ts";
import { streamSourceOf } from "./stream-source.ts";

/** A string that `read` accepts; the message of its error is the mistake. */
const readableBy = (read: (text: string) => unknown) =>
  z.string().superRefine((text, context) => {
    try {
      read(text);
    } catch (error) {
      context.addIssue({ code: "custom", message: (error as Error).message });
    }
  });

/** Rules for each setting of a mapping, shared by the resource type and the operations. */
export const mappingFields = {
  functionName: z.string().min(1),
  eventSourceArn: readableBy(streamSourceOf),
  batchSize: z.number().int().min(1).max(10_000),
  batchWindowSeconds: z.number().int().min(0).max(300),
  parallelizationFactor: z.number().int().min(1).max(10),
  maximumRetryAttempts: z.number().int().min(FOREVER).max(10_000),
  maximumRecordAgeSeconds: z
    .number()
    .int()
    .refine((age) => age === FOREVER || (age >= 60 && age <= 604_800), "must be -1 (for ever) or 60 to 604800"),
  functionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).max(1),
  destinationArn: readableBy(destinationKindOf),
  tumblingWindowSeconds: z.literal(0, { error: "must be 0: the local cloud has no tumbling windows" }),
} as const;

/** The filters of a mapping, with any schema for one filter. */
export function mappingFilters<F extends z.ZodType>(filter: F) {
  return z
    .array(filter)
    .max(
      MAX_FILTERS,
      `has more than ${MAX_FILTERS} filters, which AWS raises to 10 for accounts that ask; put several rules into one pattern with $or`,
    );
}
