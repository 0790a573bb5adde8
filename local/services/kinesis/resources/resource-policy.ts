import { z } from "zod";
import { requiredPolicyText } from "../../../accounts/policy-argument.ts";
import { attachedPolicy } from "../../../accounts/resource-policy.ts";
import { asPolicy } from "../../../resource-types/canonical.ts";
import { defineResourceType } from "../../../resource-types/resource-type.ts";
import type { KinesisStore } from "../store.ts";
import { requireStream } from "./stream.ts";

const policyInputs = z.strictObject({
  resourceArn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:kinesis:[a-z0-9-]+:\d{12}:stream\/[a-zA-Z0-9_.-]{1,128}$/,
      "must be a stream's ARN; the local cloud does not support policies of consumers",
    ),
  policy: requiredPolicyText,
});

/** `aws.kinesis.ResourcePolicy`, of streams only. */
export const resourcePolicyType = defineResourceType<z.infer<typeof policyInputs>, KinesisStore>({
  token: "aws:kinesis/resourcePolicy:ResourcePolicy",
  inputs: policyInputs,
  replaceOn: ["resourceArn"],
  computed: [],
  canonical: { policy: asPolicy },
  create(inputs, context) {
    requireStream(inputs.resourceArn, context).policy = attachedPolicy(inputs.policy);
    return { id: inputs.resourceArn, outputs: { ...inputs, region: context.region } };
  },
  read(id, _state, context) {
    const policy = context.store.find(id)?.policy;
    return policy && { resourceArn: id, policy: policy.text, region: context.region };
  },
  update(id, inputs, _olds, context) {
    requireStream(id, context).policy = attachedPolicy(inputs.policy);
    return { ...inputs, region: context.region };
  },
  delete(id, _state, context) {
    const stream = context.store.find(id);
    if (stream) stream.policy = undefined;
  },
});
