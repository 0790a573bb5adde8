import type { ResourceSample } from "../resource-sample.ts";

/** The resource types of this service. */
export const samples: readonly ResourceSample[] = [];
