import { DAY_MS } from "../../kernel/clock.ts";
import { TokenBucket } from "../../kernel/token-bucket.ts";
import type { UsagePlan } from "./client.ts";
import type { Exchange } from "./exchange.ts";
import { GatewayRefusal } from "./gateway-response.ts";
import { ACCOUNT_THROTTLE, type Throttle } from "./limits.ts";

/** Counts requests against the limits of usage plans, stages and accounts, in cloud time. */
export class RequestLimits {
  readonly #buckets = new Map<string, { readonly throttle: Throttle; readonly bucket: TokenBucket }>();
  readonly #used = new Map<string, { readonly period: number; count: number }>();

  /** Counts one request of a client's usage plan. Throws GatewayRefusal (THROTTLED or QUOTA_EXCEEDED). */
  takeFromPlan(plan: UsagePlan, keyId: string, now: number): void {
    const who = `${plan.id}/${keyId}`;
    if (plan.settings.throttle) this.#takeToken(`plan/${who}`, plan.settings.throttle, now);
    if (!plan.settings.quota) return;
    const period = periodOf(plan.settings.quota.period, now);
    let used = this.#used.get(who);
    if (used?.period !== period) {
      used = { period, count: 0 };
      this.#used.set(who, used);
    }
    if (used.count >= plan.settings.quota.limit) throw new GatewayRefusal("QUOTA_EXCEEDED", "Limit Exceeded");
    used.count++;
  }

  /** Counts one request of the stage and of the account. Throws GatewayRefusal (THROTTLED). */
  takeFromStage(exchange: Exchange, now: number): void {
    const { api, stage, route } = exchange;
    const path = route?.method.resourcePath ?? "/";
    const verb = route?.method.definition.httpMethod ?? "";
    const key = `${path === "/" ? "~1" : path.slice(1)}/${verb}`;
    const settings = stage.methodSettings.get(key) ?? stage.methodSettings.get("*/*");
    if (settings) this.#takeToken(`stage/${api.id}/${stage.name}/${key}`, withinAccount(settings), now);
    this.#takeToken(`account/${api.accountId}/${api.region}`, ACCOUNT_THROTTLE, now);
  }

  /** Resets all counts. */
  clear(): void {
    this.#buckets.clear();
    this.#used.clear();
  }

  #takeToken(key: string, throttle: Throttle, now: number): void {
    let entry = this.#buckets.get(key);
    if (
      !entry ||
      entry.throttle.rateLimit !== throttle.rateLimit ||
      entry.throttle.burstLimit !== throttle.burstLimit
    ) {
      const bucket = new TokenBucket({ perSecond: throttle.rateLimit, capacity: throttle.burstLimit, now });
      entry = { throttle, bucket };
      this.#buckets.set(key, entry);
    }
    // A bucket of capacity 0 is always empty, but `has` compares with the capacity and would admit the request.
    if (throttle.burstLimit <= 0 || !entry.bucket.has(1, now)) {
      throw new GatewayRefusal("THROTTLED", "Too Many Requests");
    }
    entry.bucket.take(1);
  }
}

/** A stage's throttle, where a negative limit falls back to the account's. */
function withinAccount({ rateLimit, burstLimit }: Throttle): Throttle {
  return {
    rateLimit: rateLimit < 0 ? ACCOUNT_THROTTLE.rateLimit : rateLimit,
    burstLimit: burstLimit < 0 ? ACCOUNT_THROTTLE.burstLimit : burstLimit,
  };
}

/** Index of the day, week (from Sunday) or month, UTC. */
function periodOf(period: "DAY" | "WEEK" | "MONTH", now: number): number {
  const day = Math.floor(now / DAY_MS);
  if (period === "DAY") return day;
  // 1970-01-01 was a Thursday.
  if (period === "WEEK") return Math.floor((day + 4) / 7);
  const date = new Date(now);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
