import { z } from "zod";

/**
 * Rules for each setting of a permission, shared by the resource type and the operations. Source: the API reference of
 * AddPermission.
 */
export const permissionFields = {
  action: z
    .string()
    .regex(/^(lambda:\*|lambda:[a-zA-Z]+|\*)$/, "must be an action of Lambda, such as lambda:InvokeFunction"),
  principal: z.string().min(1),
  statementId: z.string().regex(/^[a-zA-Z0-9-_]{1,100}$/, "must be 1 to 100 characters of a-z, A-Z, 0-9, - and _"),
  sourceArn: z.string().regex(/^arn:[^:]+:[a-zA-Z0-9-]+:[^:]*:(\d{12})?:.+$/, "must be an ARN"),
  sourceAccount: z.string().regex(/^\d{12}$/, "must be an account's id: 12 digits"),
} as const;
