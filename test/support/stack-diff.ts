import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { Cloud } from "../../local/cloud.ts";
import { LocalProvider } from "../../local/provider/local-provider.ts";
import type { Properties } from "../../local/resource-types/resource-type.ts";
import { SIGNATURE_KEY, Signature } from "../../local/resource-types/wire-values.ts";
import type { Recording, Registration } from "./mocks.ts";

/** The planned change of one resource. */
export interface PlannedChange {
  readonly name: string;
  readonly type: string;
  readonly outcome: "created" | "updated" | "replaced" | "deleted";
  /** The changed inputs. */
  readonly properties: readonly string[];
  /** Whether it is protected. */
  readonly isProtected: boolean;
  /** Whether it is retained on deletion. */
  readonly isRetained: boolean;
}

/** The planned changes, and the failures of the provider's check, one line each. */
export interface Plan {
  readonly changes: readonly PlannedChange[];
  readonly failures: readonly string[];
}

/** Account and region of a stack. */
export interface StackPlace {
  readonly accountId: string;
  readonly region: string;
}

/**
 * The changes from one recording to another, by the local provider's check and diff, without deploying. Mocks return
 * the same outputs for both, so changes that follow from a replacement do not show.
 */
export async function planOf(before: Recording<unknown>, after: Recording<unknown>, place: StackPlace): Promise<Plan> {
  const cloud = new Cloud();
  try {
    const provider = new LocalProvider({ cloud });
    await provider.configure({ args: { region: place.region, allowedAccountIds: JSON.stringify([place.accountId]) } });
    return await compare(provider, before, after);
  } finally {
    await cloud.close();
  }
}

async function compare(provider: LocalProvider, before: Recording<unknown>, after: Recording<unknown>): Promise<Plan> {
  const changes: PlannedChange[] = [];
  const failures: string[] = [];
  const olds = new Map(before.resources.map((each) => [keyOf(each), each]));
  const check = async (urn: string, news: Properties, known?: Properties) => {
    const checked = await provider.check({ urn, news, ...(known ? { olds: known } : {}) });
    failures.push(...checked.failures.map(({ property, reason }) => `${nameIn(urn)}: ${property}: ${reason}`));
    return checked.inputs;
  };
  for (const news of after.resources) {
    const old = olds.get(keyOf(news));
    olds.delete(keyOf(news));
    if (old && isDeepStrictEqual(old.inputs, news.inputs)) continue;
    const urn = `urn:pulumi:changed::tributary::${news.type}::${news.name}`;
    if (!old) {
      await check(urn, asSent(news.inputs));
      changes.push(planned(news, "created", []));
      continue;
    }
    const oldInputs = await check(urn, asSent(old.inputs));
    const newInputs = await check(urn, asSent(news.inputs), oldInputs);
    const diff = await provider.diff({ urn, id: "as-it-is", olds: oldInputs, oldInputs, news: newInputs });
    if (diff.changes === "none") continue;
    changes.push(planned(old, diff.replaces.length > 0 ? "replaced" : "updated", diff.diffs));
  }
  for (const gone of olds.values()) changes.push(planned(gone, "deleted", []));
  return { changes, failures };
}

function planned(
  { name, type, isProtected, retainOnDelete }: Registration,
  outcome: PlannedChange["outcome"],
  properties: readonly string[],
): PlannedChange {
  return { name, type, outcome, properties, isProtected, isRetained: retainOnDelete };
}

/** Type and name, which identify a resource within a stack here. */
function keyOf({ type, name }: Registration): string {
  return `${type} ${name}`;
}

function nameIn(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}

/** Inputs in an engine's format. No configuration key changes code, so all archives are equal. */
function asSent(value: unknown): Properties {
  return convert(value) as Properties;
}

const CODE = {
  [SIGNATURE_KEY]: Signature.Archive,
  assets: { "index.mjs": { [SIGNATURE_KEY]: Signature.Asset, text: "" } },
};

function convert(value: unknown): unknown {
  if (pulumi.asset.Archive.isInstance(value as object)) return CODE;
  if (Array.isArray(value)) return (value as unknown[]).map(convert);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, convert(each)]));
}
