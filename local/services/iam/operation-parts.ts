import { z } from "zod";
import { partitionOf } from "../../../aws/partitions.ts";
import type { PolicyDocument } from "../../kernel/policy.ts";
import type { AuthorizationRequest, Call } from "../../kernel/service.ts";
import { iamName, MAX_POLICY_NAME, MAX_ROLE_NAME, policyArn } from "./names.ts";
import type { IamService } from "./service.ts";

/** A list of the Query protocol: without members it arrives as "". */
function list<T extends z.ZodType>(element: T) {
  return z.preprocess((value) => (value === "" ? [] : value), z.array(element).max(50));
}

/** Parameters that many operations have. */
export const parameters = {
  RoleName: iamName(MAX_ROLE_NAME),
  PolicyName: iamName(MAX_POLICY_NAME),
  PolicyArn: policyArn,
  PolicyDocument: z.string().min(1).max(131_072),
  Tags: list(z.strictObject({ Key: z.string(), Value: z.string() })),
  TagKeys: list(z.string()),
  VersionId: z.string().regex(/^v[1-9][0-9]*$/, "must be a version such as v1"),
};

/** A policy as IAM's wire has it: JSON in URL encoding. */
export function encodeDocument(document: PolicyDocument): string {
  return encodeURIComponent(JSON.stringify(document));
}

/** Cloud time as the wire has it: epoch seconds. */
export function wireTime(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

/** What a call about a role asks of IAM. */
export function onRole(iam: IamService, action: string, name: string, call: Call): readonly AuthorizationRequest[] {
  const known = iam.roles(call.accountId).find((role) => role.name === name);
  return [{ action: `iam:${action}`, resource: known?.arn ?? newArn("role", `/${name}`, call) }];
}

/** The ARN of what a call is to make. @param path with the name, such as `/app/writer`. */
export function newArn(kind: "role" | "policy", path: string, call: Call): string {
  return `arn:${partitionOf(call.region)}:iam::${call.accountId}:${kind}${path}`;
}
