import { partitionOf } from "../../../aws/partitions.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { Call, Operation, Service } from "../../kernel/service.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import { AlarmHistory } from "./alarm-history.ts";
import { Alarm, type AlarmSettings, type StateChange } from "./alarms.ts";
import { MetricStore } from "./metric-store.ts";
import { cloudWatchOperations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { wire } from "./wire.ts";

/** CloudWatch: metrics by the minute, and alarms on them that are evaluated when they are looked at. */
export class CloudWatchService implements Service {
  readonly name = "monitoring";
  readonly resourceTypes = withStore(resourceTypes, this);
  readonly wire = wire;
  readonly conditionKeys = ["cloudwatch:namespace"];
  readonly accessDenied = { code: "AccessDenied", status: 403 };
  readonly operations: Readonly<Record<string, Operation>>;
  readonly metrics = new MetricStore();
  readonly metricPort = this.metrics;
  readonly history = new AlarmHistory();
  readonly #ports: Ports;
  readonly #alarms = new Map<string, Alarm>();

  constructor(ports: Ports) {
    this.#ports = ports;
    this.operations = cloudWatchOperations(this);
  }

  /**
   * Makes an alarm, or changes the one with this name: all its settings, and neither its state nor its tags.
   * @param tags of a new alarm.
   */
  putAlarm(
    place: Pick<Call, "accountId" | "region">,
    name: string,
    settings: AlarmSettings,
    tags: Readonly<Record<string, string>> = {},
  ): Alarm {
    const now = this.#ports.clock.now();
    const known = this.findAlarm(place, name);
    const { accountId, region } = place;
    const alarmOf = { accountId, region, alarmName: name };
    if (known) {
      // Until now it was judged by the settings of before.
      known.evaluate(this.metrics, now);
      known.settings = settings;
      known.configuredAt = now;
      this.history.configured(alarmOf, "Update", now);
      return known;
    }
    const arn = alarmArn(place, name);
    const changed = (change: StateChange) => this.history.changed(alarmOf, change);
    const alarm = new Alarm({ accountId, region, name, arn, settings, tags, now, changed });
    this.history.configured(alarmOf, "Create", now);
    this.#alarms.set(keyOf(place, name), alarm);
    return alarm;
  }

  findAlarm(place: Pick<Call, "accountId" | "region">, name: string): Alarm | undefined {
    return this.#alarms.get(keyOf(place, name));
  }

  deleteAlarm(place: Pick<Call, "accountId" | "region">, name: string): void {
    const alarm = this.findAlarm(place, name);
    if (!alarm) return;
    const now = this.#ports.clock.now();
    alarm.evaluate(this.metrics, now);
    const { accountId, region } = place;
    this.history.configured({ accountId, region, alarmName: name }, "Delete", now);
    this.#alarms.delete(keyOf(place, name));
  }

  /** The alarms of an account and region in their present state, by name. */
  evaluatedAlarms(place: Pick<Call, "accountId" | "region">): readonly Alarm[] {
    const alarms = [...this.#alarms.values()].filter(
      (alarm) => alarm.accountId === place.accountId && alarm.region === place.region,
    );
    for (const alarm of alarms) alarm.evaluate(this.metrics, this.#ports.clock.now());
    return alarms.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  emptyData(): void {
    this.metrics.clear();
    this.history.clear();
    for (const alarm of this.#alarms.values()) alarm.reset(this.#ports.clock.now());
  }

  close(): void {}
}

/** ARN of an alarm; `*` for every one. */
export function alarmArn(place: Pick<Call, "accountId" | "region">, name: string): string {
  return `arn:${partitionOf(place.region)}:cloudwatch:${place.region}:${place.accountId}:alarm:${name}`;
}

function keyOf(place: Pick<Call, "accountId" | "region">, name: string): string {
  return `${place.accountId}/${place.region}/${name}`;
}
