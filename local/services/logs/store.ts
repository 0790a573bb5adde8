import { partitionOf } from "../../../aws/partitions.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { Place } from "../../kernel/place.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { AuthorizationRequest } from "../../kernel/service.ts";
import { metricsOfLine } from "./embedded-metrics.ts";
import { LogGroup, type LogGroupSettings, type LogStream } from "./log-group.ts";

/** All log groups, with their streams and newest events. Retention follows cloud time. */
export class LogsStore {
  readonly ports: Ports;
  readonly #groups = new Map<string, LogGroup>();

  constructor(ports: Ports) {
    this.ports = ports;
  }

  /** The groups of an account in a region, by name. */
  list(place: Place): readonly LogGroup[] {
    const prefix = `${place.accountId}/${place.region}/`;
    return [...this.#groups]
      .filter(([key]) => key.startsWith(prefix))
      .map(([, group]) => group)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The group of this name, or undefined. */
  find(place: Place, name: string): LogGroup | undefined {
    return this.#groups.get(keyOf(place, name));
  }

  /** @throws AwsError ResourceNotFoundException. */
  require(place: Place, name: string): LogGroup {
    const group = this.find(place, name);
    if (!group) throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
    return group;
  }

  /** @throws AwsError ResourceAlreadyExistsException. */
  add(place: Place, name: string, settings: LogGroupSettings): LogGroup {
    if (this.find(place, name)) {
      throw new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
    }
    const group = new LogGroup({
      name,
      arn: arnOf(place, name),
      createdAt: this.ports.clock.now(),
      settings,
    });
    this.#groups.set(keyOf(place, name), group);
    return group;
  }

  /**
   * Deletes a group with its streams.
   * @throws AwsError ResourceNotFoundException, ValidationException (deletion protection).
   */
  remove(place: Place, name: string): void {
    requireUnprotected(this.require(place, name));
    this.#groups.delete(keyOf(place, name));
  }

  /** @throws AwsError ResourceNotFoundException. */
  requireStream(group: LogGroup, name: string): LogStream {
    const stream = group.streams.get(name);
    if (!stream) throw new AwsError("ResourceNotFoundException", "The specified log stream does not exist.");
    return stream;
  }

  /** @throws AwsError ResourceNotFoundException (the group), ResourceAlreadyExistsException. */
  addStream(place: Place, groupName: string, name: string): LogStream {
    const group = this.require(place, groupName);
    if (group.streams.has(name)) {
      throw new AwsError("ResourceAlreadyExistsException", "The specified log stream already exists");
    }
    return group.addStream(name, this.ports.clock.now());
  }

  /**
   * Deletes a stream with its events.
   * @throws AwsError ResourceNotFoundException, ValidationException (deletion protection of the group).
   */
  removeStream(place: Place, groupName: string, name: string): void {
    const group = this.require(place, groupName);
    this.requireStream(group, name);
    requireUnprotected(group);
    group.removeStream(name);
  }

  /** Appends events to a stream. Events in the embedded metric format become metrics. */
  append(
    place: Place,
    group: LogGroup,
    stream: LogStream,
    events: readonly { timestamp: number; message: string }[],
  ): void {
    group.append(stream, events, this.ports.clock.now());
    for (const { message } of events) {
      for (const datum of metricsOfLine(place, message)) this.ports.metrics.put(datum);
    }
  }

  /** What IAM is asked for an action on a group, or on one of its streams. */
  authorize(action: string, place: Place, group: string, stream = ""): readonly AuthorizationRequest[] {
    return [{ action: `logs:${action}`, resource: `${arnOf(place, group)}:log-stream:${stream}` }];
  }

  emptyData(): void {
    for (const group of this.#groups.values()) group.clear();
  }
}

function requireUnprotected(group: LogGroup): void {
  if (!group.settings.isDeletionProtected) return;
  throw new AwsError("ValidationException", `The log group ${group.name} has deletion protection enabled.`);
}

function arnOf(place: Place, name: string): string {
  return `arn:${partitionOf(place.region)}:logs:${place.region}:${place.accountId}:log-group:${name}`;
}

function keyOf(place: Place, name: string): string {
  return `${place.accountId}/${place.region}/${name}`;
}
