import type { Ports } from "../../kernel/ports.ts";
import type { Service } from "../../kernel/service.ts";
import type { Registered } from "../../resource-types/registry.ts";
import { operations } from "./operations.ts";
import { providerFunctions } from "./resources.ts";
import { wire } from "./wire.ts";

/** AWS STS: the caller's identity, and sessions of roles. It has no store: sessions belong to the accounts. */
export function sts(ports: Ports) {
  return {
    name: "sts",
    wire,
    accessDenied: { code: "AccessDenied", status: 403 },
    operations: operations(ports),
    providerFunctions,
    faults: {
      operations: { AssumeRole: {} },
      errors: { throttle: { code: "Throttling", message: "Rate exceeded", status: 400 } },
    },
    conditionKeys: ["sts:ExternalId", "sts:RoleSessionName"],
    emptyData: () => undefined,
    close: () => undefined,
  } satisfies Service & Registered;
}
