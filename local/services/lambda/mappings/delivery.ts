import { randomUUID } from "node:crypto";
import { WorkerLostError } from "../../../faults/errors.ts";
import { AwsError } from "../../../kernel/errors.ts";
import type { Place } from "../../../kernel/place.ts";
import type { Ports } from "../../../kernel/ports.ts";
import type { Principal } from "../../../kernel/principal.ts";
import type { Call } from "../../../kernel/service.ts";
import type { InvocationResult } from "../function.ts";
import { measure } from "../metering.ts";
import { type Batch, type DeliveryOutcome, eventPayload, type StreamEntry } from "./batch.ts";
import { readBatchResponse } from "./batch-response.ts";
import { destinationKindOf } from "./destination.ts";
import type { GiveUpCondition } from "./lane.ts";
import type { MappedFunctions } from "./mapped-functions.ts";
import { onFailureKey, onFailureMetadata } from "./on-failure.ts";
import type { MappingSettings } from "./settings.ts";
import { streamSourceOf } from "./stream-source.ts";

/** A delivery's view of its mapping. */
export interface DeliveryContext extends Place {
  readonly ports: Ports;
  readonly functions: Pick<MappedFunctions, "findFunction">;
  readonly uuid: string;
  settings(): MappingSettings;
  /** The function's role. Throws AwsError. */
  principal(): Principal;
}

const lambdaPrincipal: Principal = {
  kind: "service",
  accountId: "",
  arn: "lambda.amazonaws.com",
  userId: "lambda.amazonaws.com",
};

/** Records in the trace that records passed the stream's retention before they were delivered. */
export function recordLost(context: DeliveryContext, shardId: string, entries: readonly StreamEntry[]): void {
  context.ports.calls.internal({
    accountId: context.accountId,
    principal: lambdaPrincipal,
    call: "lambda:Expire",
    outcome: "TrimmedDataAccessException",
    facts: { mapping: context.uuid, shard: shardId, records: entries.length, first: entries[0]!.sequenceNumber },
  });
}

/**
 * Invokes the function with a batch. Lambda itself invokes here, so IAM does not evaluate the call; the trace records
 * it, and faults can hit it.
 */
export async function deliver(
  context: DeliveryContext,
  shardId: string,
  batch: Batch,
): Promise<{ batch: Batch; outcome: DeliveryOutcome; problem?: string }> {
  const { ports } = context;
  const { functionArn, isReportingItemFailures } = context.settings();
  const first = batch.entries[0]!;
  const last = batch.entries.at(-1)!;
  const requestId = randomUUID();
  const facts: Record<string, string | number | boolean> = {
    mapping: context.uuid,
    function: functionArn,
    shard: shardId,
    records: batch.entries.length,
    first: first.sequenceNumber,
    last: last.sequenceNumber,
  };
  const call: Call = {
    clock: ports.clock,
    service: "lambda",
    operation: "Invoke",
    principal: lambdaPrincipal,
    accountId: context.accountId,
    region: context.region,
    requestId,
    note: (more) => Object.assign(facts, more),
  };
  const identity = {
    FunctionName: functionArn,
    EventSourceMappingUuid: context.uuid,
    ShardId: shardId,
    FirstRecord: first.json,
    FirstSequenceNumber: first.sequenceNumber,
    LastSequenceNumber: last.sequenceNumber,
    Attempt: batch.invokeCount + 1,
  };
  let outcome: DeliveryOutcome;
  let delivered = batch;
  let result = "ok";
  try {
    const ageMs = Math.max(0, ports.clock.now() - last.arrivedAt);
    measure(ports, { functionArn, name: "IteratorAge", value: ageMs, unit: "Milliseconds" });
    const point = { ...call, functionName: functionArn.split(":").at(-1) };
    const answer = await ports.faults.around(point, identity, async () => {
      const fn = context.functions.findFunction(functionArn);
      if (!fn) throw new AwsError("ServiceException", `Function not found: ${functionArn}`, 500);
      return fn.invoke(eventPayload(batch.entries), { requestId, canWait: true });
    });
    delivered = invoked(batch, answer);
    if (answer.functionError) outcome = { kind: "failure" };
    else outcome = isReportingItemFailures ? readBatchResponse(answer.payload, batch.entries) : { kind: "success" };
    if (answer.functionError) result = errorTypeOf(answer.payload);
    else if (outcome.kind === "partial") facts["doneBefore"] = outcome.from;
    else if (outcome.kind === "failure") result = "BatchFailed";
    await ports.faults.around({ ...point, operation: "Checkpoint" }, identity, async () => undefined);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    result = error.code;
    if (error instanceof WorkerLostError) outcome = { kind: "lost" };
    else outcome = hasReachedFunction(error) ? { kind: "failure" } : { kind: "undelivered" };
    if (outcome.kind === "failure") {
      const response = { statusCode: error.status, executedVersion: "$LATEST", functionError: error.code };
      delivered = { ...batch, requestId, invokeCount: batch.invokeCount + 1, response };
    }
  }
  ports.calls.internal({
    accountId: context.accountId,
    principal: lambdaPrincipal,
    call: "lambda:Invoke",
    outcome: result,
    facts,
  });
  return { batch: delivered, outcome, ...(result === "ok" ? {} : { problem: result }) };
}

function invoked(batch: Batch, answer: InvocationResult): Batch {
  return {
    ...batch,
    requestId: answer.requestId,
    invokeCount: batch.invokeCount + 1,
    response: {
      statusCode: 200,
      executedVersion: "$LATEST",
      functionError: answer.functionError ?? null,
    },
  };
}

/** Whether the batch reached the function; throttling or a service error uses up no retry. */
function hasReachedFunction(error: AwsError): boolean {
  const isRefused = error.code === "TooManyRequestsException" || error.code === "AccessDeniedException";
  return !isRefused && error.status < 500;
}

function errorTypeOf(payload: string): string {
  const error = JSON.parse(payload) as { errorType?: string } | null;
  return error?.errorType ?? "Unhandled";
}

/**
 * Sends the metadata of discarded records to the on-failure destination, as the function's role. As on AWS, a failed
 * send loses them; only a metric counts it.
 */
export async function sendToDestination(
  context: DeliveryContext,
  shardId: string,
  batch: Batch,
  condition: GiveUpCondition,
): Promise<void> {
  const { ports, region } = context;
  const { onFailureArn, functionArn, eventSourceArn } = context.settings();
  if (onFailureArn === undefined) return;
  const now = ports.clock.now();
  const failed = {
    mappingUuid: context.uuid,
    functionArn,
    streamArn: eventSourceArn,
    shardId,
    batchInfoName: streamSourceOf(eventSourceArn).batchInfoName,
    batch,
    condition,
    now,
  };
  try {
    await destinationKindOf(onFailureArn).send(ports, onFailureArn, context.principal(), region, {
      key: onFailureKey(failed),
      metadata: onFailureMetadata(failed),
      payload: eventPayload(batch.entries),
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    measure(ports, { functionArn, name: "DestinationDeliveryFailures", value: 1, unit: "Count" });
  }
}
