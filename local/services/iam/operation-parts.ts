import { partitionOf } from "../../../aws/partitions.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { PolicyDocument } from "../../kernel/policy.ts";
import type { AuthorizationRequest, Call } from "../../kernel/service.ts";
import { policyArn } from "./names.ts";
import type { IamService } from "./service.ts";

/** An ARN that is a policy's. @throws AwsError InvalidInput for any other. */
export function checkedPolicyArn(arn: string): string {
  if (policyArn.safeParse(arn).success) return arn;
  throw new AwsError("InvalidInput", `ARN ${arn} is not valid.`);
}

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
