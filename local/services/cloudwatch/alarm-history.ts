import type { AlarmState, StateChange } from "./alarms.ts";

/** Kinds of history items that one may ask for. Actions are not taken here, so the history has no item of that kind. */
export const historyItemTypes = ["ConfigurationUpdate", "StateUpdate", "Action"] as const;
export type HistoryItemType = (typeof historyItemTypes)[number];

/** Where an alarm is. */
export interface AlarmIdentity {
  readonly accountId: string;
  readonly region: string;
  readonly alarmName: string;
}

/** Something that happened to an alarm. */
export interface HistoryItem extends AlarmIdentity {
  /** Cloud time, milliseconds since the epoch. */
  readonly at: number;
  readonly type: HistoryItemType;
  readonly summary: string;
  /** JSON text. */
  readonly data: string;
}

/** What of a history is asked for. */
export interface HistoryQuestion {
  readonly alarmName: string | undefined;
  readonly type: HistoryItemType | undefined;
  /** Cloud time, milliseconds since the epoch; both are included. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly now: number;
}

/** How long CloudWatch keeps an item: 30 days ("Alarm history", CloudWatch user guide). */
const KEPT_MS = 30 * 86_400_000;
/** Items of all alarms; the oldest go first. */
export const MAX_ITEMS = 10_000;

const words = { Create: "created", Update: "updated", Delete: "deleted" } as const;

/** What happened to the alarms of all accounts, deleted ones among them. */
export class AlarmHistory {
  #items: HistoryItem[] = [];

  /** Notes that an alarm was made, changed or deleted. */
  configured(alarm: AlarmIdentity, type: keyof typeof words, at: number): void {
    this.#add({
      ...alarm,
      at,
      type: "ConfigurationUpdate",
      summary: `Alarm "${alarm.alarmName}" ${words[type]}`,
      data: JSON.stringify({ version: "1.0", type }),
    });
  }

  /** Notes another state. */
  changed(alarm: AlarmIdentity, { at, from, to }: StateChange): void {
    this.#add({
      ...alarm,
      at,
      type: "StateUpdate",
      summary: `Alarm updated from ${from.state} to ${to.state}`,
      data: JSON.stringify({ version: "1.0", oldState: stateData(from), newState: stateData(to) }),
    });
  }

  /** The items that are asked for, oldest first. */
  find(
    place: Pick<AlarmIdentity, "accountId" | "region">,
    { alarmName, type, from = 0, to = Number.POSITIVE_INFINITY, now }: HistoryQuestion,
  ): readonly HistoryItem[] {
    return this.#items
      .filter((item) => item.accountId === place.accountId && item.region === place.region)
      .filter((item) => item.at >= Math.max(from, now - KEPT_MS) && item.at <= to)
      .filter((item) => alarmName === undefined || item.alarmName === alarmName)
      .filter((item) => type === undefined || item.type === type)
      .sort((one, other) => one.at - other.at);
  }

  clear(): void {
    this.#items = [];
  }

  #add(item: HistoryItem): void {
    this.#items.push(item);
    if (this.#items.length > MAX_ITEMS) this.#items.shift();
  }
}

function stateData({ state, reason }: { readonly state: AlarmState; readonly reason: string }) {
  return { stateValue: state, stateReason: reason };
}
