import type { TextRule } from "./text-rules.ts";

/** Defaults of a network. */
export const networkDefaults = { cidrBlock: "10.0.0.0/16", availabilityZones: 2 } as const;

/** Availability zones that a network can have subnets in. */
export const networkLimits = { availabilityZones: { min: 1, max: 6 } } as const;

/** The addresses of a network. */
export const cidrRule: TextRule = {
  pattern: /^\d+\.\d+\.\d+\.\d+\/(1[6-9]|2\d)$/,
  allowed: "a block of /16 to /29",
  example: "10.0.0.0/16",
};
