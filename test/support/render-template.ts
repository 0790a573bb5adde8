import type { JavaMap, JavaValue, MissingReading } from "../../local/services/apigateway/vtl/java-values.ts";
import { inputObject, utilObject } from "../../local/services/apigateway/vtl/objects.ts";
import { Scope } from "../../local/services/apigateway/vtl/scope.ts";
import { compileTemplate } from "../../local/services/apigateway/vtl/template.ts";

/** The result of a template. */
export interface Rendered {
  readonly text: string;
  /** The text parsed as JSON; undefined when it is not JSON. */
  readonly json: unknown;
  /** `$context.responseOverride.status`. */
  readonly status: number | undefined;
  /** `$context.responseOverride.header`. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The input of a template. */
export interface TemplateInput {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Further variables. */
  readonly variables?: Readonly<Record<string, JavaValue>>;
  /** How missing references are evaluated; default: like the local cloud. */
  readonly missing?: MissingReading;
}

/**
 * Renders a template by the local API Gateway's engine. Setting an override twice is an Error, as it is a 5xx on AWS.
 */
export function render(template: string, input: TemplateInput = {}): Rendered {
  const headers: Record<string, string> = {};
  let status: number | undefined;
  const params = { path: new Map(), querystring: new Map(), header: mapOf(input.headers ?? {}) };
  const scope = new Scope(
    {
      input: inputObject(input.body ?? "", params),
      util: utilObject,
      context: mapOf({ requestId: "request-id", extendedRequestId: "extended/id+=" }),
      stageVariables: mapOf({ colour: "blue" }),
      ...input.variables,
    },
    ([, kind, name = ""], value) => {
      if (kind === "status" ? status !== undefined : name in headers) throw new Error(`${kind} ${name} is set twice`);
      if (kind === "status") status = Number(value);
      else headers[name] = String(value);
    },
    input.missing,
  );
  const text = compileTemplate(template)(scope);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { text, json, status, headers };
}

function mapOf(entries: Readonly<Record<string, string>>): JavaMap {
  return new Map<string, JavaValue>(Object.entries(entries));
}
