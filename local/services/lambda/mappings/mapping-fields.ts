import { z } from "zod";
import { destinationKindOf } from "./destination.ts";
import { MAX_FILTERS } from "./filters/criteria.ts";
import { FOREVER } from "./settings.ts";
import { streamSourceOf } from "./stream-source.ts";

/** A text that `read` takes; what it throws is the mistake. */
const readableBy = (read: (text: string) => unknown) =>
  z.string().superRefine((text, context) => {
    try {
      read(text);
    } catch (error) {
      context.addIssue({ code: "custom", message: (error as Error).message });
    }
  });

/** What a mapping's settings may be, each by itself: the same for the resource type and for calls. */
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

/** The filters of a mapping, whatever one of them is written as. */
export function mappingFilters<F extends z.ZodType>(filter: F) {
  return z
    .array(filter)
    .max(
      MAX_FILTERS,
      `has more than ${MAX_FILTERS} filters, which AWS raises to 10 for accounts that ask; put several rules into one pattern with $or`,
    );
}
