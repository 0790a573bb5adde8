import { arnPattern } from "../../../aws/arn.ts";
import { isPublicPolicy as isPublic } from "../../accounts/public-policy.ts";
import type { PolicyDocument } from "../../kernel/policy.ts";

const keys = ["s3:DataAccessPointAccount", "s3:DataAccessPointArn"];
const FIXED_BUCKET_ARN = arnPattern({ service: "s3", resource: "[^*?]+", hasRegion: false, hasAccount: false });

/** Whether S3 counts a bucket policy as public. */
export function isPublicPolicy(policy: PolicyDocument): boolean {
  return isPublic(policy, { keys, isFixedArn: (arn) => FIXED_BUCKET_ARN.test(arn) });
}
