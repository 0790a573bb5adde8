import { createHash } from "node:crypto";
import { FaultKind, type ServiceFaults } from "../../kernel/fault-port.ts";

/** Faults of requests to deployed APIs. */
export const faults = {
  service: "execute-api",
  isBeforeAccount: true,
  operations: {
    Request: {
      kinds: [FaultKind.Throttle, FaultKind.Error, FaultKind.Latency, FaultKind.ResetBefore, FaultKind.ResetAfter],
      identity: (params) =>
        createHash("sha1")
          .update((params as { body: Buffer }).body)
          .digest("hex"),
    },
  },
  errors: { throttle: { code: "TooManyRequestsException", message: "Too Many Requests", status: 429 } },
} satisfies ServiceFaults;
