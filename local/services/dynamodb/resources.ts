import type { Properties, ResourceType } from "../../resource-types/resource-type.ts";
import { resourcePolicyType } from "./resources/resource-policy.ts";
import { tableType } from "./resources/table.ts";
import type { DynamoDbStore } from "./store.ts";

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType<Properties, DynamoDbStore>[] = [tableType, resourcePolicyType];
