import type { Cloud } from "../../cloud.ts";
import { AwsError } from "../../errors.ts";
import type { Call, Operation, Service } from "../../service.ts";
import { jsonProtocol } from "../json-protocol.ts";
import { LogGroup, type LogGroupSettings } from "./log-group.ts";
import { logsOperations } from "./operations.ts";

/** CloudWatch Logs: groups, streams, and their newest events. Retention follows cloud time. */
export class LogsService implements Service {
  readonly name = "logs";
  readonly protocol = jsonProtocol("1.1", "Logs_20140328");
  readonly operations: Readonly<Record<string, Operation>>;
  readonly #cloud: Cloud;
  readonly #groups = new Map<string, LogGroup>();

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
    this.operations = logsOperations(this);
  }

  /** All groups of an account and region, by name. */
  groups(place: Pick<Call, "accountId" | "region">): readonly LogGroup[] {
    const prefix = `${place.accountId}/${place.region}/`;
    return [...this.#groups]
      .filter(([key]) => key.startsWith(prefix))
      .map(([, group]) => group)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(place: Pick<Call, "accountId" | "region">, name: string): LogGroup | undefined {
    return this.#groups.get(keyOf(place, name));
  }

  /** @throws AwsError ResourceNotFoundException. */
  group(place: Pick<Call, "accountId" | "region">, name: string): LogGroup {
    const group = this.find(place, name);
    if (!group) throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
    return group;
  }

  /** @throws AwsError ResourceAlreadyExistsException. */
  createGroup(
    place: Pick<Call, "accountId" | "region">,
    partition: string,
    name: string,
    settings: LogGroupSettings,
  ): LogGroup {
    if (this.find(place, name)) {
      throw new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
    }
    const group = new LogGroup({
      name,
      arn: `arn:${partition}:logs:${place.region}:${place.accountId}:log-group:${name}`,
      createdAt: this.#cloud.clock.now(),
      settings,
    });
    this.#groups.set(keyOf(place, name), group);
    return group;
  }

  deleteGroup(place: Pick<Call, "accountId" | "region">, name: string): void {
    this.#groups.delete(keyOf(place, name));
  }

  emptyData(): void {
    for (const group of this.#groups.values()) group.clear();
  }

  close(): void {}
}

function keyOf(place: Pick<Call, "accountId" | "region">, name: string): string {
  return `${place.accountId}/${place.region}/${name}`;
}
