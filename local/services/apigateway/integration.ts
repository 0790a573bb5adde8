import { ServiceRoles } from "../../accounts/service-role.ts";
import { AwsError, NotSupportedError } from "../../kernel/errors.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { Principal } from "../../kernel/principal.ts";
import type { IntegrationDefinition } from "./definition.ts";
import type { Exchange } from "./exchange.ts";
import { GatewayRefusal, mappedValue } from "./gateway-response.ts";
import { GATEWAY_SESSION } from "./gateway-session.ts";

/** Services with callable actions, and the content type of their protocol. */
const ACTION_CONTENT_TYPES: Readonly<Record<string, string>> = {
  kinesis: "application/x-amz-json-1.1",
  firehose: "application/x-amz-json-1.1",
  dynamodb: "application/x-amz-json-1.0",
};

/** The service and action in an integration's URI. */
export interface ActionTarget {
  readonly region: string;
  readonly service: string;
  readonly action: string;
}

/** An integration's response. */
export interface IntegrationAnswer {
  readonly status: number;
  readonly body: string;
}

/** Reads `arn:<partition>:apigateway:<region>:<service>:action/<action>`; any other form is refused by name. */
export function parseActionUri(uri: string): ActionTarget {
  const match = /^arn:[^:]+:apigateway:([a-z0-9-]+):([a-z0-9.-]+):action\/(\w+)$/.exec(uri);
  const [, region = "", service = "", action = ""] = match ?? [];
  if (!match || !Object.hasOwn(ACTION_CONTENT_TYPES, service)) {
    const there = Object.keys(ACTION_CONTENT_TYPES).map(
      (name) => `arn:aws:apigateway:<region>:${name}:action/<action>`,
    );
    throw new NotSupportedError(`the integration URI "${uri}"`, there.join(", "));
  }
  return { region, service, action };
}

/** Calls AWS actions as an integration's role. Sessions are kept until shortly before they expire. */
export class ActionCaller {
  readonly #ports: Ports;
  readonly #roles: ServiceRoles;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#roles = new ServiceRoles(ports, GATEWAY_SESSION);
  }

  /**
   * The action's response; errors have AWS's form and status. Throws GatewayRefusal when the role cannot be assumed.
   */
  async call(exchange: Exchange, integration: IntegrationDefinition, body: string): Promise<IntegrationAnswer> {
    const target = parseActionUri(integration.uri ?? "");
    const principal = this.#principal(exchange, integration);
    // Without a mapping, API Gateway sends the service's own content type.
    const mapping = integration.requestParameters["integration.request.header.Content-Type"];
    const wanted = ACTION_CONTENT_TYPES[target.service];
    const contentType = (mapping === undefined ? undefined : mappedValue(exchange, mapping)) ?? wanted;
    if (contentType !== wanted) {
      return this.#errorAnswer(target.service, new AwsError("UnknownOperationException", "", 404));
    }
    let params: unknown;
    try {
      params = JSON.parse(body);
    } catch {
      return this.#errorAnswer(target.service, new AwsError("SerializationException", ""));
    }
    try {
      const output = await this.#ports.calls.call({
        service: target.service,
        operation: target.action,
        params,
        principal,
        region: target.region,
      });
      return { status: 200, body: JSON.stringify(output ?? {}) };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return this.#errorAnswer(target.service, error);
    }
  }

  /** An error in the service's protocol: DynamoDB's error types have a namespace. */
  #errorAnswer(service: string, error: AwsError): IntegrationAnswer {
    return { status: error.status, body: this.#ports.calls.errorBody(service, error) };
  }

  #principal(exchange: Exchange, integration: IntegrationDefinition): Principal {
    try {
      return this.#roles.principal(integration.credentials ?? "", exchange.api.accountId);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw new GatewayRefusal("API_CONFIGURATION_ERROR", "Internal server error");
    }
  }
}
