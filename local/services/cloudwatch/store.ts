import { arnIn, type Place } from "../../kernel/place.ts";
import type { Ports } from "../../kernel/ports.ts";
import { Shelf } from "../../kernel/shelf.ts";
import { AlarmHistory } from "./alarm-history.ts";
import { Alarm, type AlarmSettings, type StateChange } from "./alarms.ts";
import { MetricStore } from "./metric-store.ts";

/** Metrics by the minute, and alarms on them, which are evaluated when they are read. */
export class CloudWatchStore {
  readonly metrics = new MetricStore();
  readonly history = new AlarmHistory();
  readonly #ports: Ports;
  readonly #alarms = new Shelf<Alarm>();

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /**
   * Adds an alarm, or replaces all settings of the one with this name, whose state and tags stay.
   * @param tags of a new alarm.
   */
  put(place: Place, name: string, settings: AlarmSettings, tags: Readonly<Record<string, string>> = {}): Alarm {
    const now = this.#ports.clock.now();
    const known = this.named(place, name);
    const { accountId, region } = place;
    const alarmOf = { accountId, region, alarmName: name };
    if (known) {
      // The old settings hold until now.
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
    this.#alarms.add(alarm);
    return alarm;
  }

  /** The alarm with this ARN, or undefined; its state is that of the last evaluation. */
  find(arn: string): Alarm | undefined {
    return this.#alarms.find(arn);
  }

  /** As `find`, by name. */
  named(place: Place, name: string): Alarm | undefined {
    return this.find(alarmArn(place, name));
  }

  /** Removes an alarm; nothing happens when there is none. */
  remove(place: Place, name: string): void {
    const alarm = this.named(place, name);
    if (!alarm) return;
    const now = this.#ports.clock.now();
    alarm.evaluate(this.metrics, now);
    const { accountId, region } = place;
    this.history.configured({ accountId, region, alarmName: name }, "Delete", now);
    this.#alarms.remove(alarm);
  }

  /** The alarms of an account in a region, evaluated now, by name. */
  list(place: Place): readonly Alarm[] {
    const alarms = this.#alarms.list(place);
    for (const alarm of alarms) alarm.evaluate(this.metrics, this.#ports.clock.now());
    return alarms.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  emptyData(): void {
    this.metrics.clear();
    this.history.clear();
    for (const alarm of this.#alarms.list()) alarm.reset(this.#ports.clock.now());
  }
}

/** ARN of an alarm; `*` for all. */
export function alarmArn(place: Place, name: string): string {
  return arnIn(place, "cloudwatch", `alarm:${name}`);
}
