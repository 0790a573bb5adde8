import { modelWire } from "../../wire/model-wire.ts";

/** AWS Query; sessions have an external id and a session policy, and no tags. */
export const wire = modelWire("sts", {
  // What a session policy may take in plain text (API reference of AssumeRole).
  corrections: { unrestrictedSessionPolicyDocumentType: { max: 2_048 } },
  unsupported: [
    "AssumeRoleRequest.MinimumSessionTokenSize",
    "AssumeRoleRequest.PolicyArns",
    "AssumeRoleRequest.ProvidedContexts",
    "AssumeRoleRequest.SerialNumber",
    "AssumeRoleRequest.SourceIdentity",
    "AssumeRoleRequest.Tags",
    "AssumeRoleRequest.TokenCode",
    "AssumeRoleRequest.TransitiveTagKeys",
  ],
});
