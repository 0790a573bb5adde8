import { randomBytes } from "node:crypto";

const hex = (bytes: number) => randomBytes(bytes).toString("hex");

/**
 * The `x-amzn-trace-id` of a response: keeps the request's root, parent and sampling, and generates missing ones.
 * @param given the request's header.
 * @param now cloud time, milliseconds since the epoch.
 */
export function traceId(given: string | undefined, now: number): string {
  const parts = new Map((given ?? "").split(";").map((part): [string, string] => [part.split("=")[0] ?? "", part]));
  const [root, parent] = [sound(parts.get("Root"), ROOT), sound(parts.get("Parent"), PARENT)];
  return [
    root ??
      `Root=1-${Math.floor(now / 1000)
        .toString(16)
        .padStart(8, "0")}-${hex(12)}`,
    parent ?? `Parent=${hex(8)}`,
    sound(parts.get("Sampled"), SAMPLED) ?? `Sampled=${parent ? 1 : 0}`,
  ].join(";");
}

const ROOT = /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/;
const PARENT = /^Parent=[0-9a-f]{16}$/;
const SAMPLED = /^Sampled=[01]$/;

function sound(part: string | undefined, form: RegExp): string | undefined {
  return part !== undefined && form.test(part) ? part : undefined;
}
