import { modelWire } from "../../wire/model-wire.ts";

/** AWS Query. Errors repeat neither values nor the list of an enumeration (recorded on AWS, 02-2026). */
export const wire = modelWire("iam", {
  dialect: { isValueShown: false, isEnumListed: false },
  unsupported: [
    "*.MaxSigninSessionDuration",
    "*.ResetMaxSigninSessionDuration",
    "ListPoliciesRequest.PolicyUsageFilter",
    "policyScopeType=AWS",
    "policyScopeType=All",
  ],
});
