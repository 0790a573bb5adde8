import { randomUUID } from "node:crypto";
import type { Authorizer } from "./kernel/authorization.ts";
import type { CallRequest, Calls, CallVerdict, InternalAction } from "./kernel/calls.ts";
import type { Clock } from "./kernel/clock.ts";
import { AwsError } from "./kernel/errors.ts";
import type { Faults } from "./kernel/fault-port.ts";
import { ownValue } from "./kernel/own-value.ts";
import type { Place } from "./kernel/place.ts";
import type { Call, Operation, Service } from "./kernel/service.ts";
import type { Trace } from "./kernel/trace.ts";
import { readInput } from "./wire/read-input.ts";

/** The ports that calls are made with. `service` and `faults` are read at each call. */
export interface CallPorts {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly authorizer: Authorizer;
  readonly faults: Faults;
  /** The service with this signing name. */
  service(name: string): Service | undefined;
}

/**
 * The only way into the services: a call checks parameters, authorizes, applies faults and runs the operation. Calls
 * and internal actions write one trace record each, and nothing else writes any.
 */
export class ServiceCalls implements Calls {
  readonly #ports: CallPorts;

  constructor(ports: CallPorts) {
    this.#ports = ports;
  }

  async call(request: CallRequest): Promise<unknown> {
    const { clock, trace, authorizer, faults } = this.#ports;
    const { service, operation } = this.#find(request);
    const release = clock.hold();
    const facts: Record<string, string | number | boolean> = {};
    const authorizations: { action: string; resource: string }[] = [];
    let decision: "allowed" | "denied" | "not evaluated" = "not evaluated";
    let outcome = "ok";
    const call: Call = { clock, ...callOf(request), hold: release, note: (more) => Object.assign(facts, more) };
    try {
      const params = readInput(service, request.operation, operation, request.params);
      for (const authorization of operation.authorize(params, call)) {
        authorizations.push({ action: authorization.action, resource: authorization.resource });
        const answer = authorizer.evaluate(call, authorization);
        if (!answer.isAllowed) {
          decision = "denied";
          throw new AwsError(
            service.accessDenied?.code ?? "AccessDeniedException",
            answer.message,
            service.accessDenied?.status ?? 400,
          );
        }
      }
      decision = "allowed";
      return await faults.around(call, params, async (hit) => operation.run(hit, call));
    } catch (error) {
      outcome = error instanceof AwsError ? error.code : "InternalFailure";
      throw error;
    } finally {
      trace.record({
        time: clock.now(),
        accountId: call.accountId,
        principal: request.principal.arn,
        call: `${request.service}:${request.operation}`,
        authorizations,
        decision,
        outcome,
        facts,
      });
      release();
    }
  }

  internal(action: InternalAction): void {
    const { clock, trace } = this.#ports;
    const { accountId, call, principal, asked = [], time = clock.now() } = action;
    trace.record({
      time,
      accountId,
      principal: principal.arn,
      call,
      authorizations: asked.map(({ action: name, resource }) => ({ action: name, resource })),
      decision: action.decision ?? "not evaluated",
      outcome: action.outcome ?? "ok",
      facts: action.facts ?? {},
    });
  }

  mayCall(request: CallRequest): CallVerdict {
    const { service, operation } = this.#find(request);
    const call: Call = { clock: this.#ports.clock, ...callOf(request), note: () => undefined };
    const asked = operation.authorize(readInput(service, request.operation, operation, request.params), call);
    return { asked, refused: asked.filter((one) => !this.#ports.authorizer.evaluate(call, one).isAllowed) };
  }

  find(arn: string): Place | undefined {
    const service = this.#ports.service(arn.split(":")[2] ?? "");
    if (service && !service.find) throw new Error(`${service.name} has no find, so nobody knows whether ${arn} exists`);
    return service?.find?.(arn);
  }

  errorBody(service: string, error: AwsError): string {
    return String(this.#ports.service(service)?.wire.protocol.encodeError(error, randomUUID()).body ?? "");
  }

  /** @throws AwsError UnknownOperationException, which lists the supported operations. */
  #find(request: CallRequest): { service: Service; operation: Operation } {
    const service = this.#ports.service(request.service);
    const operation = ownValue(service?.operations, request.operation);
    if (service && operation) return { service, operation };
    const supported = service ? ` It supports: ${Object.keys(service.operations).sort().join(", ")}.` : "";
    throw new AwsError(
      "UnknownOperationException",
      `The local cloud does not support ${request.service}:${request.operation}.${supported}`,
      400,
    );
  }
}

function callOf(request: CallRequest): Omit<Call, "clock" | "note"> {
  return {
    service: request.service,
    operation: request.operation,
    principal: request.principal,
    accountId: request.accountId ?? request.principal.accountId,
    region: request.region,
    requestId: request.requestId ?? randomUUID(),
    ...(request.sourceArn === undefined ? {} : { sourceArn: request.sourceArn }),
  };
}
