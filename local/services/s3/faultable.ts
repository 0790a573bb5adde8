import type { ServiceFaults } from "../../kernel/fault-port.ts";

/** Bytes of an object that are searched for a parked record. */
const SEARCHED_BYTES = 2_000_000;

/** The data of a parked record; undefined for any other object, which is identified by its number. */
function parkedRecord({ Body }: { readonly Body?: Buffer }): string | undefined {
  return /"data":"([^"]*)"/.exec(Body?.subarray(0, SEARCHED_BYTES).toString("latin1") ?? "")?.[1];
}

/** The faults of S3, with the errors of its API reference. */
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
