import { NotSupportedError, UserError } from "../kernel/errors.ts";
import { resolveAssets, unresolveAssets } from "../resource-types/assets.ts";
import {
  hasAutoName,
  keepsGivenName,
  withDefaultsMark,
  withName,
  withoutDefaultsMark,
} from "../resource-types/auto-name.ts";
import { inKnownForm, parsedOneByOne } from "../resource-types/canonical.ts";
import { tagsAll } from "../resource-types/default-tags.ts";
import { changedProperties, matchingChanges } from "../resource-types/diff.ts";
import {
  type CheckedInputs,
  type CheckFailure,
  type CheckRequest,
  type DiffRequest,
  type DiffResult,
  type Provider,
  type ProviderAbilities,
  providerAbilities,
  type ReadResult,
  type UpdateRequest,
} from "../resource-types/provider.ts";
import type { Registry } from "../resource-types/registry.ts";
import type { Properties, ResourceContext, ResourceType } from "../resource-types/resource-type.ts";
import { formatPath, schemaFailures } from "../resource-types/schema-failures.ts";
import {
  knownPlaces,
  protoPaths,
  unknownPaths,
  unwrapSecrets,
  type ValuePath,
  withoutNulls,
  withoutUndefined,
  wrapSecretsAt,
} from "../resource-types/wire-values.ts";
import { changedInputs } from "./changed-inputs.ts";
import { detailedDiff } from "./detailed-diff.ts";
import { foundInputs } from "./found-inputs.ts";
import { maskedReasons, maskingErrors } from "./masked-reasons.ts";
import { previewOfCreate, previewOfUpdate } from "./preview.ts";
import { readProviderConfig } from "./provider-config.ts";
import { movingArguments, type ProviderCloud, signIn } from "./provider-identity.ts";
import { recorded, tokenOf } from "./recorded.ts";
import { asState, withKnownSecrets, withSecretOutputs } from "./secret-state.ts";

export interface LocalProviderOptions {
  /** The cloud, with the registry of its services. */
  readonly cloud: ProviderCloud & { readonly registry: Registry };
  /** Default: the cloud's registry. */
  readonly registry?: Registry;
  /** Base of relative asset paths; default: this process's working directory. */
  readonly baseDir?: string;
}

/**
 * Returns a function that makes the providers of a deployment, given the base folder of relative asset paths. @param
 * registry default: the cloud's.
 */
export function localProviders(
  cloud: LocalProviderOptions["cloud"],
  registry: Registry = cloud.registry,
): (baseDir: string) => Provider {
  return (baseDir) => new LocalProvider({ cloud, registry, baseDir });
}

/** Account, region and identity of a configured provider. Without credentials, so that none can get into a log. */
type ProviderPlace = Omit<ResourceContext, "urn">;

/** The `aws` provider of the local cloud: Pulumi's calls turned into those of the registered resource types. */
export class LocalProvider implements Provider {
  readonly #cloud: ProviderCloud;
  readonly #registry: Registry;
  readonly #baseDir: string;
  #place: ProviderPlace | undefined;
  #areDefaultTagsSecret = false;

  constructor(options: LocalProviderOptions) {
    this.#cloud = options.cloud;
    this.#registry = options.registry ?? options.cloud.registry;
    this.#baseDir = options.baseDir ?? process.cwd();
  }

  async checkConfig(request: { news: Properties }): Promise<CheckedInputs> {
    const isKnown = knownPlaces(unknownPaths(request.news));
    return { inputs: request.news, failures: readProviderConfig(unwrapSecrets(request.news).plain, isKnown).failures };
  }

  async diffConfig(request: { olds: Properties; news: Properties }): Promise<DiffResult> {
    const before = readProviderConfig(unwrapSecrets(request.olds).plain).config;
    const after = readProviderConfig(unwrapSecrets(request.news).plain).config;
    const diffs = changedProperties(request.olds, request.news);
    const replaces = before && after ? movingArguments(before, after, this.#cloud) : [];
    return {
      changes: diffs.length > 0 ? "some" : "none",
      diffs,
      replaces: diffs.filter((name) => replaces.includes(name)),
      deleteBeforeReplace: false,
      detailedDiff: [],
    };
  }

  async configure(request: { args: Properties }): Promise<ProviderAbilities> {
    const { plain, paths } = unwrapSecrets(request.args);
    const { config, failures } = readProviderConfig(plain);
    if (!config) {
      throw new UserError(failures.map(({ property, reason }) => `aws:${property}: ${reason}`).join("\n"));
    }
    const principal = await signIn(config, this.#cloud);
    const { region, partition, defaultTags } = config;
    this.#place = { store: undefined, accountId: principal.accountId, principal, region, partition, defaultTags };
    this.#areDefaultTagsSecret = paths.some(([argument]) => argument === "defaultTags");
    return providerAbilities;
  }

  async check(request: CheckRequest): Promise<CheckedInputs> {
    const type = this.#typeOf(request.urn);
    const { plain: given, paths: secretPaths } = unwrapSecrets(request.news);
    const plain = withoutNulls(given) as Properties;
    const { isNamedHere, named, failures: ofName } = withName(type, request, plain);
    const ofProto = protoPaths(plain).map((path) => ({
      property: path.join("."),
      reason: "The local cloud does not support the name __proto__.",
    }));
    const nameFailures = [...ofName, ...ofProto];
    const resolved = (await resolveAssets(named, this.#baseDir)) as Properties;
    const unknowns = unknownPaths(named);
    const parsed = type.inputs.safeParse(resolved);
    const inputs = (values: unknown) => {
      const wrapped = wrapSecretsAt(withoutUndefined(unresolveAssets(values)), secretPaths) as Properties;
      return type.autoName && isNamedHere ? withDefaultsMark(type.autoName, wrapped) : wrapped;
    };
    if (!parsed.success) {
      const failures = schemaFailures(parsed.error, type.inputs, `for ${type.token}`, knownPlaces(unknowns));
      // A failure about the automatic name replaces the schema's about the missing name.
      const others = failures.filter(({ property }) => nameFailures.every((failure) => failure.property !== property));
      return {
        inputs: inputs(parsedOneByOne(type, resolved)),
        failures: maskedReasons([...nameFailures, ...others], plain, secretPaths),
      };
    }
    const olds = unwrapSecrets(request.olds ?? {}).plain;
    const failures: readonly CheckFailure[] =
      unknowns.length > 0 ? [] : (type.check?.(parsed.data as Properties, this.#context(request.urn), olds) ?? []);
    const warnings = type.warnings?.(parsed.data as Properties, request.urn) ?? [];
    return {
      inputs: inputs(parsed.data),
      failures: maskedReasons([...ofProto, ...failures], plain, secretPaths),
      ...(warnings.length > 0 ? { warnings: maskedReasons(warnings, plain, secretPaths) } : {}),
    };
  }

  async diff(request: DiffRequest): Promise<DiffResult> {
    const type = this.#typeOf(request.urn);
    const ignored = new Set(request.ignoreChanges ?? []);
    const { olds, news, changed: all } = changedInputs(type, request);
    const changed = all.filter((key) => !ignored.has(key));
    const replaces = matchingChanges(type.replaceOn, changed, olds, news);
    const isTold = all.includes("tags") || ignored.has("tagsAll");
    const diffs = [...changed, ...(isTold ? [] : this.#changedTags(request))];
    return {
      changes: diffs.length > 0 ? "some" : "none",
      diffs,
      replaces,
      deleteBeforeReplace: replaces.length > 0 && (type.deleteBeforeReplace === true || keepsGivenName(type, request)),
      detailedDiff: detailedDiff(type, { olds: request.oldInputs, news: request.news }, changed, replaces),
    };
  }

  async create(request: { urn: string; properties: Properties; preview?: boolean }): Promise<{
    id: string;
    properties: Properties;
  }> {
    const type = this.#typeOf(request.urn);
    const context = this.#context(request.urn);
    if (request.preview) {
      const properties = previewOfCreate(type, withoutDefaultsMark(request.properties), context);
      return { id: "", properties: this.#withSecretOutputs(type, properties) };
    }
    const { inputs, secretPaths } = await this.#parse(type, request.properties);
    const { id, outputs } = await recorded(this.#cloud.calls, "create", context, () =>
      maskingErrors(request.properties, () => type.create(inputs, context)),
    );
    const properties = asState(inKnownForm(type, outputs, inputs), secretPaths);
    return { id, properties: this.#withSecretOutputs(type, properties) };
  }

  async read(request: { urn: string; id: string; properties?: Properties; inputs?: Properties }): Promise<ReadResult> {
    const type = this.#typeOf(request.urn);
    const known = { inputs: request.inputs ?? {}, outputs: request.properties ?? {} };
    // For an import, and for a program's `get`, an engine sends the id alone, or some inputs as if they were the
    // state.
    const isImport = Object.keys(known.inputs).length === 0;
    const context = this.#context(request.urn);
    const id = type.idOf?.(request.id, context) ?? request.id;
    const state = { ...(isImport ? type.stateOf?.(request.id) : {}), ...unwrapSecrets(known.outputs).plain };
    const found = await type.read(id, state, context);
    if (!found) return { id: "", properties: {}, inputs: {} };
    const outputs = withoutUndefined(unresolveAssets(found)) as Properties;
    const { paths: secretOutputs } = unwrapSecrets(known.outputs);
    const { paths: secretInputs } = unwrapSecrets(known.inputs);
    const plainInputs = unwrapSecrets(known.inputs).plain;
    const inputs = foundInputs(type, outputs, isImport ? undefined : plainInputs);
    const mark = type.autoName && hasAutoName(type.autoName, plainInputs) ? type.autoName : undefined;
    const inKnownInputs = withKnownSecrets(inKnownForm(type, inputs, known.inputs), known.inputs, secretInputs);
    const inputsInForm = isImport ? this.#withSecretOutputs(type, inKnownInputs) : inKnownInputs;
    const properties = withKnownSecrets(inKnownForm(type, outputs, known.outputs), known.outputs, secretOutputs);
    return {
      id,
      properties: this.#withSecretOutputs(type, properties),
      inputs: mark ? withDefaultsMark(mark, inputsInForm) : inputsInForm,
    };
  }

  async update(request: UpdateRequest): Promise<{ properties: Properties }> {
    const type = this.#typeOf(request.urn);
    const context = this.#context(request.urn);
    if (request.preview) {
      const news = withoutDefaultsMark(request.news);
      const properties = previewOfUpdate(type, request.olds, request.oldInputs ?? {}, news, context);
      return { properties: this.#withSecretOutputs(type, properties) };
    }
    const { inputs, secretPaths } = await this.#parse(type, request.news);
    const olds = unwrapSecrets(request.olds).plain;
    const outputs = await recorded(this.#cloud.calls, "update", context, () =>
      maskingErrors(request.news, () => type.update(request.id, inputs, olds, context)),
    );
    return { properties: this.#withSecretOutputs(type, asState(inKnownForm(type, outputs, inputs), secretPaths)) };
  }

  async delete(request: { urn: string; id: string; properties: Properties }): Promise<void> {
    const type = this.#typeOf(request.urn);
    const context = this.#context(request.urn);
    const state = unwrapSecrets(request.properties).plain;
    await recorded(this.#cloud.calls, "delete", context, () => type.delete(request.id, state, context));
  }

  async invoke(request: { tok: string; args: Properties }): Promise<{
    return: Properties;
    failures: readonly CheckFailure[];
  }> {
    const providerFunction = this.#registry.providerFunctions.get(request.tok);
    if (!providerFunction) {
      throw new NotSupportedError(`the function ${request.tok}`, listed(this.#registry.providerFunctions.keys()));
    }
    const parsed = providerFunction.args.safeParse(unwrapSecrets(request.args).plain);
    if (!parsed.success) {
      return { return: {}, failures: schemaFailures(parsed.error, providerFunction.args, `for ${request.tok}`) };
    }
    const result = await providerFunction.run(parsed.data as Properties, this.#context(""));
    return { return: asState(result, []), failures: [] };
  }

  #typeOf(urn: string): ResourceType {
    const token = tokenOf(urn);
    const type = this.#registry.resourceTypes.get(token);
    if (!type) throw new NotSupportedError(`the resource type ${token}`, listed(this.#registry.resourceTypes.keys()));
    return type;
  }

  #context(urn: string): ResourceContext {
    if (!this.#place) throw new Error("The provider has not been configured.");
    return { ...this.#place, urn };
  }

  async #parse(
    type: ResourceType,
    properties: Properties,
  ): Promise<{ inputs: Properties; secretPaths: readonly ValuePath[] }> {
    const { plain, paths: secretPaths } = unwrapSecrets(properties);
    const parsed = type.inputs.safeParse(await resolveAssets(withoutDefaultsMark(plain), this.#baseDir));
    if (!parsed.success) {
      const [failure] = schemaFailures(parsed.error, type.inputs, `for ${type.token}`);
      throw new UserError(`${failure?.property ?? formatPath([])}: ${failure?.reason ?? "invalid"}`);
    }
    return { inputs: parsed.data as Properties, secretPaths };
  }

  #withSecretOutputs(type: ResourceType, values: Properties): Properties {
    return withSecretOutputs(type, values, this.#areDefaultTagsSecret);
  }

  /** Whether default tags changed `tagsAll`, although the resource's own tags did not change. */
  #changedTags(request: DiffRequest): readonly string[] {
    const olds = unwrapSecrets(request.olds).plain.tagsAll;
    if (olds === undefined) return [];
    const tags = unwrapSecrets(request.news).plain.tags as Readonly<Record<string, string>> | undefined;
    const news = tagsAll(tags, this.#context(request.urn));
    return changedProperties({ tagsAll: olds }, { tagsAll: news });
  }
}

function listed(tokens: Iterable<string>): string {
  return [...tokens].sort().join(", ") || "none";
}
