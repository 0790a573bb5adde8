import { matches, type Problem, wholeNumber } from "../checks.ts";
import { cidrRule, networkLimits } from "../defaults/network.ts";
import { placeRules } from "../defaults/text-rules.ts";
import type { ReplicatorNetworkArgs } from "./args.ts";

/** Everything that is wrong with the args of a `ReplicatorNetwork`. */
export function problems(args: ReplicatorNetworkArgs): Problem[] {
  const { min, max } = networkLimits.availabilityZones;
  return [
    args.region === args.targetRegion
      ? undefined
      : `targetRegion is "${args.targetRegion}"; allowed is the network's own region, "${args.region}", ` +
        `because its endpoints reach no other: do without the network, ` +
        `or deploy both sides into one region`,
    matches("region", args.region, placeRules.region),
    matches("cidrBlock", args.cidrBlock, cidrRule),
    wholeNumber("availabilityZones", args.availabilityZones, min, max),
  ];
}
