import { z } from "zod";

const page = { position: z.string().optional(), limit: z.coerce.number().int().min(1).max(500).optional() };
const includes = z
  .enum(["true", "false"])
  .transform((text) => text === "true")
  .optional();

/** Parameters of the operations that the local cloud has on the wire. */
export const schemas = {
  getRestApis: z.strictObject(page),
  getRestApi: z.strictObject({ restApiId: z.string() }),
  getStages: z.strictObject({ restApiId: z.string(), deploymentId: z.string().optional() }),
  getStage: z.strictObject({ restApiId: z.string(), stageName: z.string() }),
  getApiKeys: z.strictObject({ ...page, name: z.string().optional(), includeValues: includes }),
  getApiKey: z.strictObject({ apiKey: z.string(), includeValue: includes }),
  getUsagePlans: z.strictObject({ ...page, keyId: z.string().optional() }),
  getAccount: z.strictObject({}),
};
