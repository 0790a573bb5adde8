import type { Place } from "../../kernel/place.ts";
import type { Ports } from "../../kernel/ports.ts";
import { isIn, KeyedShelf } from "../../kernel/shelf.ts";
import type { RestApi, Stage } from "./api.ts";
import type { ApiKey, UsagePlan } from "./client.ts";
import { found } from "./errors.ts";
import { EXECUTE_API } from "./limits.ts";

/** Resources of one kind, by id. `require` sees one account and region only. */
class Collection<T extends Place & { readonly id: string }> extends KeyedShelf<T> {
  readonly #unknown: (id: string, place: Place) => string;

  /** @param unknown API Gateway's message for an id that does not exist. */
  constructor(unknown: (id: string, place: Place) => string) {
    super(({ id }) => id);
    this.#unknown = unknown;
  }

  /** The resource with this id. Throws NotFoundException. @param message default: the kind's message. */
  require(id: string, place: Place, message = this.#unknown(id, place)): T {
    const thing = this.find(id);
    return found(thing && isIn(thing, place) ? thing : undefined, message);
  }
}

/** REST APIs with all their parts, API keys, usage plans, and the accounts' settings. */
export class ApiGatewayStore {
  readonly ports: Ports;
  readonly apis = new Collection<RestApi>((id, { accountId }) => `Invalid API identifier specified ${accountId}:${id}`);
  readonly keys = new Collection<ApiKey>(() => "Invalid API Key identifier specified");
  readonly plans = new Collection<UsagePlan>(() => "Invalid Usage Plan ID specified");
  /** CloudWatch Logs role by account and region. */
  readonly #logRoles = new Map<string, string>();

  constructor(ports: Ports) {
    this.ports = ports;
  }

  /** What is deployed is no data. */
  emptyData(): void {}

  /** The role that writes the access logs of an account and region. */
  logRole({ accountId, region }: Place): string | undefined {
    return this.#logRoles.get(`${accountId}/${region}`);
  }

  /** Sets the log role; undefined removes it. */
  setLogRole({ accountId, region }: Place, roleArn: string | undefined): void {
    if (roleArn) this.#logRoles.set(`${accountId}/${region}`, roleArn);
    else this.#logRoles.delete(`${accountId}/${region}`);
  }

  /** The enabled API key with this value, and its usage plan for the stage; undefined when there is none. */
  findClient(api: RestApi, stage: Stage, value: string): { key: ApiKey; plan: UsagePlan } | undefined {
    for (const key of this.keys.list(api)) {
      if (key.value !== value || !key.settings.isEnabled) continue;
      const plan = this.plans
        .list()
        .find(({ keyIds, settings }) => keyIds.has(key.id) && settings.stages.includes(`${api.id}:${stage.name}`));
      if (plan) return { key, plan };
    }
    return undefined;
  }

  /** URL of a stage, without a slash at the end. */
  invokeUrl(apiId: string, stageName: string): string {
    return `${this.ports.endpointUrl}${EXECUTE_API}${apiId}/${stageName}`;
  }
}
