import { AwsError } from "../../kernel/errors.ts";
import { arnIn, type Place } from "../../kernel/place.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { AuthorizationRequest } from "../../kernel/service.ts";
import { Shelf } from "../../kernel/shelf.ts";
import { metricsOfLine } from "./embedded-metrics.ts";
import { LogGroup, type LogGroupSettings, type LogStream } from "./log-group.ts";

/** All log groups, with their streams and newest events. Retention follows cloud time. */
export class LogsStore {
  readonly ports: Ports;
  readonly #groups = new Shelf<LogGroup>();

  constructor(ports: Ports) {
    this.ports = ports;
  }

  /** The groups of an account in a region, by name. */
  list(place: Place): readonly LogGroup[] {
    return this.#groups.list(place).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The group with this ARN, or undefined. */
  find(arn: string): LogGroup | undefined {
    return this.#groups.find(arn);
  }

  /** The group of this name, or undefined. */
  named(place: Place, name: string): LogGroup | undefined {
    return this.find(arnOf(place, name));
  }

  /** @throws AwsError ResourceNotFoundException. */
  require(place: Place, name: string): LogGroup {
    const group = this.named(place, name);
    if (!group) throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
    return group;
  }

  /** @throws AwsError ResourceAlreadyExistsException. */
  add(place: Place, name: string, settings: LogGroupSettings): LogGroup {
    if (this.named(place, name)) {
      throw new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
    }
    const { accountId, region } = place;
    const createdAt = this.ports.clock.now();
    const group = new LogGroup({ accountId, region, name, arn: arnOf(place, name), createdAt, settings });
    this.#groups.add(group);
    return group;
  }

  /**
   * Deletes a group with its streams.
   * @throws AwsError ResourceNotFoundException, ValidationException (deletion protection).
   */
  remove(place: Place, name: string): void {
    const group = this.require(place, name);
    requireUnprotected(group);
    this.#groups.remove(group);
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
    for (const group of this.#groups.list()) group.clear();
  }
}

function requireUnprotected(group: LogGroup): void {
  if (!group.settings.isDeletionProtected) return;
  throw new AwsError("ValidationException", `The log group ${group.name} has deletion protection enabled.`);
}

function arnOf(place: Place, name: string): string {
  return arnIn(place, "logs", `log-group:${name}`);
}
