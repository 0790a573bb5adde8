import { z } from "zod";
import { typeAndName } from "../engine/urn.ts";
import { shownValues } from "./shown-values.ts";
import { type PreviewedChange, type StackPreview, valueChanges } from "./stack-preview.ts";

/** A resource before or after a step; the CLI has replaced secrets by "[secret]". */
const resourceState = z.object({ inputs: z.record(z.string(), z.unknown()).nullish() });

/**
 * One line of a preview's event log, only the members used here. Source: EngineEvent of the CLI's apitype package,
 * also used by the Automation API.
 */
const eventSchema = z.object({
  resourcePreEvent: z
    .object({
      metadata: z.object({
        op: z.string(),
        urn: z.string(),
        old: resourceState.nullish(),
        new: resourceState.nullish(),
        /** The properties that force the replacement. */
        keys: z.array(z.string()).default([]),
        diffs: z.array(z.string()).default([]),
        /** False for the single steps of a replacement. */
        logical: z.boolean().default(false),
      }),
    })
    .optional(),
  summaryEvent: z.object({ resourceChanges: z.record(z.string(), z.number()).nullish() }).optional(),
});

/** Operations that change nothing. */
const idleOperations = new Set(["same", "read"]);

/** Reads the event log of `pulumi preview`. Throws Error when it is not one, or has no summary. */
export function readCliPreview(eventLog: string): StackPreview {
  const events = eventLog
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => eventSchema.parse(JSON.parse(line)));
  const summary = events.find(({ summaryEvent }) => summaryEvent)?.summaryEvent;
  if (!summary) throw new Error("the pulumi CLI's event log has no summary");
  const steps = events.flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata ?? []);
  const changes = steps
    .filter(({ op, logical }) => logical && !idleOperations.has(op))
    .map((step): PreviewedChange => {
      const properties = [...new Set([...step.diffs, ...step.keys])];
      return {
        urn: step.urn,
        ...typeAndName(step.urn),
        kind: step.op,
        properties,
        replaces: step.keys,
        values: valueChanges(
          properties,
          shownValues(step.old?.inputs ?? undefined),
          shownValues(step.new?.inputs ?? undefined),
        ),
      };
    });
  return { counts: summary.resourceChanges ?? {}, changes };
}
