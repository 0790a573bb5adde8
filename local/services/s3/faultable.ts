import type { ServiceFaults } from "../../kernel/fault-port.ts";

/** Bytes of an object in which a parked record is looked for. */
const LOOKED_AT = 2_000_000;

/** A parked record by its bytes; any other object by its number. */
function parkedRecord({ Body }: { readonly Body?: Buffer }): string | undefined {
  return /"data":"([^"]*)"/.exec(Body?.subarray(0, LOOKED_AT).toString("latin1") ?? "")?.[1];
}

/** What may go wrong with S3, in the words of its API reference. */
export const faults: ServiceFaults = {
  operations: {
    PutObject: { identity: (params) => parkedRecord(params as { Body?: Buffer }) },
    GetObject: {},
    ListObjectsV2: {},
  },
  errors: {
    throttle: { code: "SlowDown", message: "Please reduce your request rate.", status: 503 },
    error: { code: "InternalError", message: "We encountered an internal error. Please try again.", status: 500 },
    missing: { code: "NoSuchBucket", message: "The specified bucket does not exist", status: 404 },
    refuse: { code: "AccessDenied", message: "Access Denied", status: 403 },
  },
};
