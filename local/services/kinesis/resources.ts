import type { Properties, ResourceType } from "../../resource-types/resource-type.ts";
import { resourcePolicyType } from "./resources/resource-policy.ts";
import { streamType } from "./resources/stream.ts";
import type { KinesisStore } from "./store.ts";

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType<Properties, KinesisStore>[] = [streamType, resourcePolicyType];
