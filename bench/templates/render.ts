import type { JavaValue } from "../../local/services/apigateway/vtl/java-values.ts";
import { inputObject, utilObject } from "../../local/services/apigateway/vtl/objects.ts";
import { type Render, Scope } from "../../local/services/apigateway/vtl/scope.ts";

const context = new Map<string, JavaValue>([
  ["requestId", "5f0b5d0e-0000-4000-8000-000000000000"],
  ["extendedRequestId", "JKJaXmPLvHcESHA="],
]);
const headers = new Map<string, JavaValue>([
  ["Content-Type", "application/json"],
  ["Content-Length", "360"],
  ["x-partition-key", "visitor-1"],
]);

/** Renders a compiled template for one request, with all that the local gateway makes anew for each. */
export function renderRequest(render: Render, body: string): string {
  const params = { path: new Map(), querystring: new Map(), header: headers };
  const input = inputObject(body, params);
  return render(new Scope({ input, util: utilObject, context, stageVariables: new Map() }, () => undefined));
}
