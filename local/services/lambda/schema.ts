import { z } from "zod";

/** Name, `account:function:name`, ARN, each with or without `:$LATEST`. */
const functionName = z.string().min(1).max(170);
const qualifier = z.string().optional();
const page = { Marker: z.string().optional(), MaxItems: z.number().int().min(1).max(10_000).optional() };

export const inputs = {
  Invoke: z.strictObject({
    FunctionName: functionName,
    Qualifier: qualifier,
    InvocationType: z.enum(["RequestResponse", "DryRun", "Event"]).default("RequestResponse"),
    LogType: z.enum(["None", "Tail"]).default("None"),
    /** Base64 of JSON text. */
    ClientContext: z.string().max(3_583).optional(),
    /** JSON text; "" counts as `{}`. */
    Payload: z.string().default(""),
  }),
  GetFunction: z.strictObject({ FunctionName: functionName, Qualifier: qualifier }),
  ListFunctions: z.strictObject(page),
  ListEventSourceMappings: z.strictObject({
    ...page,
    EventSourceArn: z.string().optional(),
    FunctionName: functionName.optional(),
  }),
  GetEventSourceMapping: z.strictObject({ UUID: z.string() }),
  UpdateEventSourceMapping: z.strictObject({ UUID: z.string(), Enabled: z.boolean() }),
};
