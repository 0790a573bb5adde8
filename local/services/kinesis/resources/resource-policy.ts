import { z } from "zod";
import { requiredPolicyText } from "../../../accounts/policy-argument.ts";
import { attachedPolicy } from "../../../accounts/resource-policy.ts";
import { definePolicyType } from "../../../resource-types/policy-type.ts";
import type { KinesisStore } from "../store.ts";
import type { KinesisStream } from "../stream.ts";

/** `aws.kinesis.ResourcePolicy`, of streams only. */
export const resourcePolicyType = definePolicyType<KinesisStream, KinesisStore>({
  token: "aws:kinesis/resourcePolicy:ResourcePolicy",
  target: "resourceArn",
  targetInput: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:kinesis:[a-z0-9-]+:\d{12}:stream\/[a-zA-Z0-9_.-]{1,128}$/,
      "must be a stream's ARN; the local cloud does not support policies of consumers",
    ),
  policy: requiredPolicyText,
  find: (arn, { store }) => store.find(arn),
  get: (stream) => stream.policy?.text,
  set(stream, policy) {
    stream.policy = policy === undefined ? undefined : attachedPolicy(policy);
  },
});
