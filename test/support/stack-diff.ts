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

/** What the provider's check said: the inputs that it made, and its failures, one line each. */
interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly string[];
}

/** Plans changes of one stack by the local provider's check and diff, without deploying. To be closed. */
export class Planner {
  readonly #cloud = new Cloud();
  readonly #provider = new LocalProvider({ cloud: this.#cloud });
  readonly #configured: Promise<unknown>;
  /** Checks without earlier inputs: many plans begin or end at the same recording. */
  readonly #checkedAlone = new Map<Registration, Promise<Checked>>();

  constructor({ region, accountId }: StackPlace) {
    this.#configured = this.#provider.configure({ args: { region, allowedAccountIds: JSON.stringify([accountId]) } });
  }

  /**
   * The changes from one recording to another. Mocks return the same outputs for both, so changes that follow from a
   * replacement do not show.
   */
  async plan(before: Recording<unknown>, after: Recording<unknown>): Promise<Plan> {
    await this.#configured;
    const changes: PlannedChange[] = [];
    const failures: string[] = [];
    const olds = new Map(before.resources.map((each) => [keyOf(each), each]));
    const inputsOf = async (checking: Promise<Checked>) => {
      const checked = await checking;
      failures.push(...checked.failures);
      return checked.inputs;
    };
    for (const news of after.resources) {
      const old = olds.get(keyOf(news));
      olds.delete(keyOf(news));
      if (old && isDeepStrictEqual(old.inputs, news.inputs)) continue;
      if (!old) {
        await inputsOf(this.#checkAlone(news));
        changes.push(planned(news, "created", []));
        continue;
      }
      const oldInputs = await inputsOf(this.#checkAlone(old));
      const newInputs = await inputsOf(this.#check(news, oldInputs));
      const urn = urnOf(news);
      const diff = await this.#provider.diff({ urn, id: "as-it-is", olds: oldInputs, oldInputs, news: newInputs });
      if (diff.changes === "none") continue;
      changes.push(planned(old, diff.replaces.length > 0 ? "replaced" : "updated", diff.diffs));
    }
    for (const gone of olds.values()) changes.push(planned(gone, "deleted", []));
    return { changes, failures };
  }

  close(): Promise<void> {
    return this.#cloud.close();
  }

  #checkAlone(registration: Registration): Promise<Checked> {
    const known = this.#checkedAlone.get(registration) ?? this.#check(registration);
    this.#checkedAlone.set(registration, known);
    return known;
  }

  async #check(registration: Registration, olds?: Properties): Promise<Checked> {
    const news = asSent(registration.inputs);
    const checked = await this.#provider.check({ urn: urnOf(registration), news, ...(olds ? { olds } : {}) });
    const lines = checked.failures.map(({ property, reason }) => `${registration.name}: ${property}: ${reason}`);
    return { inputs: checked.inputs, failures: lines };
  }
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

function urnOf({ type, name }: Registration): string {
  return `urn:pulumi:changed::tributary::${type}::${name}`;
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
