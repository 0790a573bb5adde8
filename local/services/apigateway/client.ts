import type { Place } from "../../kernel/place.ts";
import type { Tags } from "../../resource-types/default-tags.ts";
import type { Throttle } from "./limits.ts";

/** An API key's name, and whether it is enabled. */
export interface KeySettings {
  readonly name: string;
  readonly description: string | undefined;
  readonly isEnabled: boolean;
}

/** An API key. */
export interface ApiKey extends Place {
  readonly id: string;
  /** Never part of an error, a trace record or a log. */
  readonly value: string;
  /** Cloud time, milliseconds since the epoch. */
  readonly createdAt: number;
  lastUpdatedAt: number;
  settings: KeySettings;
  tags: Tags;
}

/** A usage plan's limits, and its stages. */
export interface PlanSettings {
  readonly name: string;
  readonly description: string | undefined;
  /** `<api id>:<stage>`. */
  readonly stages: readonly string[];
  readonly throttle: Throttle | undefined;
  readonly quota: { readonly limit: number; readonly period: "DAY" | "WEEK" | "MONTH" } | undefined;
}

/** A usage plan and its keys. */
export interface UsagePlan extends Place {
  readonly id: string;
  settings: PlanSettings;
  readonly keyIds: Set<string>;
  tags: Tags;
}
