import { partitionOf } from "../../../aws/partitions.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { ServiceFaults } from "../../kernel/fault-port.ts";
import type { Place } from "../../kernel/place.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { AuthorizationRequest, Operation, Service } from "../../kernel/service.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import { metricsOfLine } from "./embedded-metrics.ts";
import { LogGroup, type LogGroupSettings, type LogStream } from "./log-group.ts";
import { logsOperations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { wire } from "./wire.ts";

/** CloudWatch Logs: groups, streams, and their newest events. Retention follows cloud time. */
export class LogsService implements Service {
  readonly name = "logs";
  readonly resourceTypes = withStore(resourceTypes, this);
  readonly wire = wire;
  readonly faults: ServiceFaults = { operations: { PutLogEvents: {}, CreateLogStream: {} } };
  readonly operations: Readonly<Record<string, Operation>>;
  readonly #ports: Ports;
  readonly #groups = new Map<string, LogGroup>();

  constructor(ports: Ports) {
    this.#ports = ports;
    this.operations = logsOperations(this);
  }

  /** All groups of an account and region, by name. */
  groups(place: Place): readonly LogGroup[] {
    const prefix = `${place.accountId}/${place.region}/`;
    return [...this.#groups]
      .filter(([key]) => key.startsWith(prefix))
      .map(([, group]) => group)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  findGroup(place: Place, name: string): LogGroup | undefined {
    return this.#groups.get(keyOf(place, name));
  }

  /** @throws AwsError ResourceNotFoundException. */
  group(place: Place, name: string): LogGroup {
    const group = this.findGroup(place, name);
    if (!group) throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
    return group;
  }

  /** @throws AwsError ResourceAlreadyExistsException. */
  createGroup(place: Place, name: string, settings: LogGroupSettings): LogGroup {
    if (this.findGroup(place, name)) {
      throw new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
    }
    const group = new LogGroup({
      name,
      arn: arnOf(place, name),
      createdAt: this.#ports.clock.now(),
      settings,
    });
    this.#groups.set(keyOf(place, name), group);
    return group;
  }

  /** Deletes a group with all that is in it. @throws AwsError ResourceNotFoundException, ValidationException (it is protected). */
  deleteGroup(place: Place, name: string): void {
    requireUnprotected(this.group(place, name));
    this.#groups.delete(keyOf(place, name));
  }

  /** @throws AwsError ResourceNotFoundException. */
  stream(group: LogGroup, name: string): LogStream {
    const stream = group.streams.get(name);
    if (!stream) throw new AwsError("ResourceNotFoundException", "The specified log stream does not exist.");
    return stream;
  }

  /** @throws AwsError ResourceNotFoundException (the group), ResourceAlreadyExistsException. */
  createStream(place: Place, groupName: string, name: string): LogStream {
    const group = this.group(place, groupName);
    if (group.streams.has(name)) {
      throw new AwsError("ResourceAlreadyExistsException", "The specified log stream already exists");
    }
    return group.addStream(name, this.#ports.clock.now());
  }

  /** Deletes a stream with its events. @throws AwsError ResourceNotFoundException, ValidationException (its group is protected). */
  deleteStream(place: Place, groupName: string, name: string): void {
    const group = this.group(place, groupName);
    this.stream(group, name);
    requireUnprotected(group);
    group.removeStream(name);
  }

  /** Adds events to a stream; lines in the embedded metric format become metrics then. */
  append(
    place: Place,
    group: LogGroup,
    stream: LogStream,
    events: readonly { timestamp: number; message: string }[],
  ): void {
    group.append(stream, events, this.#ports.clock.now());
    for (const { message } of events) {
      for (const datum of metricsOfLine(place, message)) this.#ports.metrics.put(datum);
    }
  }

  /** What IAM is asked about a group, or about one of its streams. */
  authorize(action: string, place: Place, group: string, stream = ""): readonly AuthorizationRequest[] {
    return [{ action: `logs:${action}`, resource: `${arnOf(place, group)}:log-stream:${stream}` }];
  }

  emptyData(): void {
    for (const group of this.#groups.values()) group.clear();
  }

  close(): void {}
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
