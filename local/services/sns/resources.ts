import type { Properties, ResourceType } from "../../resource-types/resource-type.ts";
import { subscriptionType } from "./resources/subscription.ts";
import { topicPolicyType, topicType } from "./resources/topic.ts";
import type { SnsStore } from "./store.ts";

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType<Properties, SnsStore>[] = [
  topicType,
  topicPolicyType,
  subscriptionType,
];
