import { randomBytes } from "node:crypto";
import { UserError } from "../kernel/errors.ts";
import { changedProperties, matchingChanges, parsePath, valueAt } from "../resource-types/diff.ts";
import type { CheckFailure, CheckWarning } from "../resource-types/provider.ts";
import type { Properties } from "../resource-types/resource-type.ts";
import { isRecord, isSecret, wrapSecret } from "../resource-types/wire-values.ts";
import type { Registration } from "./monitor.ts";
import type { ConfiguredProvider, ResourceState } from "./state.ts";
import { typeAndName } from "./urn.ts";

/** The outcome of a resource in a deployment or a preview. */
export type Outcome = "created" | "updated" | "replaced" | "same";

/** The changed top-level properties of a resource; none for a created or an unchanged one. */
export interface PropertyDiff {
  readonly properties: readonly string[];
  /** The properties among them that force a replacement; `provider` for another account or region. */
  readonly replaces: readonly string[];
}

/** No changed properties, or nothing to compare with. */
export const noDiff: PropertyDiff = { properties: [], replaces: [] };

/** Arguments refused by the provider. */
export class CheckError extends Error {
  /** The resource, or the provider, with these arguments. */
  readonly urn: string;
  readonly messages: readonly string[];

  constructor(urn: string, inputs: Properties, failures: readonly CheckFailure[]) {
    const messages = failures.map((failure) => formatCheckFailure(urn, inputs, failure));
    super(messages.join("\n"));
    this.urn = urn;
    this.messages = messages;
  }
}

/** The error for the replacement of a protected resource. */
export class ProtectedError extends UserError {
  constructor(urn: string) {
    super(`unable to replace resource "${urn}" as it is currently marked for protection`);
  }
}

/** The effects of a step besides those on its own resource. */
export interface StepContext {
  readonly isPreview: boolean;
  /** Reports that the operation starts. */
  begin(action: "creating" | "updating" | "replacing"): void;
  /** Reports the provider's warnings. */
  warn(warnings: readonly CheckWarning[]): void;
  /**
   * The inputs that caused the deletion of the old resource together with one it depends on, ahead of the replacement;
   * undefined when it was not deleted.
   */
  deletedBy(old: ResourceState): readonly string[] | undefined;
  /** Deletes the old resource now, after its dependents that are replaced too. */
  deleteNow(old: ResourceState): Promise<void>;
  /** Deletes the old resource at the end. */
  deleteLater(old: ResourceState): void;
}

/** Brings one resource to its registered state: checks, diffs, then creates, updates, replaces or keeps it. */
export async function stepResource(
  urn: string,
  registration: Registration,
  configured: ConfiguredProvider,
  old: ResourceState | undefined,
  context: StepContext,
): Promise<{ state: ResourceState; outcome: Outcome; diff: PropertyDiff }> {
  const { provider } = configured;
  const check = async (olds: Properties | undefined, news: Properties): Promise<Properties> => {
    const checked = await provider.check({ urn, olds, news, randomSeed: randomBytes(32) });
    if (checked.failures.length > 0) throw new CheckError(urn, checked.inputs, checked.failures);
    context.warn(checked.warnings ?? []);
    return checked.inputs;
  };
  const finish = (id: string, inputs: Properties, outputs: Properties, outcome: Outcome, diff: PropertyDiff) => ({
    state: toState(urn, registration, configured, id, inputs, outputs),
    outcome,
    diff,
  });
  const create = async (inputs: Properties, outcome: Outcome, diff: PropertyDiff) => {
    const made = await provider.create({ urn, properties: inputs, preview: context.isPreview });
    return finish(made.id, inputs, made.properties, outcome, diff);
  };

  if (!old?.isCustom || old.isExternal) {
    const inputs = await check(undefined, registration.inputs);
    context.begin("creating");
    return create(inputs, "created", noDiff);
  }

  const news = withIgnoredChanges(registration.ignoreChanges, old.inputs, registration.inputs);
  const inputs = await check(old.inputs, news);
  const diff = await provider.diff({ urn, id: old.id, olds: old.outputs, oldInputs: old.inputs, news: inputs });
  const moves = old.provider
    ? (await provider.diffConfig({ urn, olds: old.provider.args, news: configured.args })).replaces.length > 0
    : false;
  const asked = matchingChanges(registration.replaceOnChanges, diff.diffs, old.inputs, inputs);
  const deletedBy = context.deletedBy(old);
  if (deletedBy || moves || diff.replaces.length > 0 || asked.length > 0) {
    if (old.isProtected) throw new ProtectedError(urn);
    context.begin("replacing");
    const isDeletedFirst = registration.isDeletedBeforeReplace ?? (diff.deleteBeforeReplace && !moves);
    if (isDeletedFirst && !deletedBy) await context.deleteNow(old);
    const replaces = [...new Set([...diff.replaces, ...asked, ...(moves ? ["provider"] : []), ...(deletedBy ?? [])])];
    const properties = [...new Set([...diff.diffs, ...replaces])];
    const replaced = await create(await check(undefined, news), "replaced", { properties, replaces });
    if (!isDeletedFirst && !deletedBy) context.deleteLater(old);
    return replaced;
  }
  if (diff.changes === "none") return finish(old.id, inputs, old.outputs, "same", noDiff);
  context.begin("updating");
  const updated = await provider.update({
    urn,
    id: old.id,
    olds: old.outputs,
    oldInputs: old.inputs,
    news: inputs,
    preview: context.isPreview,
  });
  return finish(old.id, inputs, updated.properties, "updated", { properties: diff.diffs, replaces: [] });
}

/** The state of a registered resource, with `additionalSecretOutputs` marked. */
export function toState(
  urn: string,
  registration: Registration,
  provider: ConfiguredProvider | undefined,
  id: string,
  inputs: Properties,
  outputs: Properties,
): ResourceState {
  return {
    urn,
    type: registration.type,
    name: registration.name,
    isCustom: registration.isCustom,
    isExternal: false,
    id,
    inputs,
    outputs: withSecrets(outputs, registration.additionalSecretOutputs),
    parent: registration.parent,
    dependencies: registration.dependencies,
    propertyDependencies: registration.propertyDependencies,
    ...(provider ? { provider } : {}),
    isProtected: registration.isProtected,
    isRetainedOnDelete: registration.isRetainedOnDelete,
  };
}

/** Marks these properties as secret. */
export function withSecrets(outputs: Properties, names: readonly string[]): Properties {
  const secrets = names.filter((name) => outputs[name] !== undefined).map((name) => [name, wrapSecret(outputs[name])]);
  return { ...outputs, ...Object.fromEntries(secrets) };
}

function withIgnoredChanges(paths: readonly string[], olds: Properties, news: Properties): Properties {
  if (paths.includes("*")) return olds;
  return paths.reduce((current, path) => {
    const steps = parsePath(path);
    return putAt(current, steps, valueAt(olds, steps)) as Properties;
  }, news);
}

function putAt(target: unknown, steps: readonly string[], value: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (Array.isArray(target)) {
    return target.map((element, index) => (String(index) === step ? putAt(element, rest, value) : element));
  }
  if (!isRecord(target)) return target;
  const { [step]: current, ...others } = target;
  if (rest.length > 0) return current === undefined ? target : { ...others, [step]: putAt(current, rest, value) };
  return value === undefined ? others : { ...others, [step]: value };
}

function formatCheckFailure(urn: string, inputs: Properties, { property, reason }: CheckFailure): string {
  const { type, name } = typeAndName(urn);
  if (property === "") return `${type} resource '${name}' has a problem: ${reason}`;
  const value = formatValue(inputs, parsePath(property));
  return `${type} resource '${name}': property ${property} value ${value} has a problem: ${reason}`;
}

const MAX_VALUE_LENGTH = 100;

function formatValue(inputs: Properties, steps: readonly string[]): string {
  let value: unknown = inputs;
  for (const step of steps) {
    if (isSecret(value)) return "{[secret]}";
    value = valueAt(value, [step]);
  }
  if (isSecret(value)) return "{[secret]}";
  if (value === undefined || value === null) return "{<nil>}";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `{${text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text}}`;
}

/** The changed properties of components and providers, for which no provider computes a diff. */
export function diffOf(old: ResourceState | undefined, inputs: Properties): PropertyDiff {
  return old ? { properties: changedProperties(old.inputs, inputs), replaces: [] } : noDiff;
}

/** The outcome of a component or a provider. */
export function outcomeOf(old: ResourceState | undefined, diff: PropertyDiff): Outcome {
  if (!old) return "created";
  return diff.properties.length > 0 ? "updated" : "same";
}
