import type { Autonaming, DiffResult } from "../../local/resource-types/provider.ts";
import type { Properties } from "../../local/resource-types/resource-type.ts";
import { GrpcProvider, ProviderCallError } from "./grpc-provider.ts";
import type { WireResource } from "./wire-program.ts";
import { Run, type RunResult, type StoredResource } from "./wire-run.ts";

/** The result of a refresh. */
export interface RefreshResult {
  /** Changed inputs by resource name; unchanged resources are omitted. */
  readonly drift: Readonly<Record<string, readonly string[]>>;
  /** Names of resources that no longer exist. */
  readonly gone: readonly string[];
}

interface StoredState {
  /** The provider's last configuration. */
  readonly config?: Properties;
  /** In the order of their creation. */
  readonly resources: readonly StoredResource[];
}

export interface WireEngineOptions {
  /** Port of the provider. */
  readonly port: number;
  readonly config: Properties;
  readonly stack?: string;
  /** The project's autonaming for a resource; default: the provider names it from the random seed. */
  readonly autonaming?: (name: string) => Autonaming;
}

/**
 * Calls a provider like the pulumi CLI: one connection per run, the same calls in the same order, and only a JSON
 * state between runs. Independent resources are created in parallel.
 */
export class WireEngine {
  config: Properties;
  autonaming: WireEngineOptions["autonaming"];
  /** The state file: JSON. */
  state = JSON.stringify({ resources: [] });
  /** The calls of the last run, in order: `check queue`, `create queue`, … */
  calls: string[] = [];
  readonly #port: number;
  readonly #stack: string;

  constructor(options: WireEngineOptions) {
    this.#port = options.port;
    this.config = options.config;
    this.#stack = options.stack ?? "dev";
    this.autonaming = options.autonaming;
  }

  /** `pulumi up`: also deletes resources that are no longer in the program. */
  up(program: readonly WireResource[]): Promise<RunResult> {
    return this.#deploy(program, false);
  }

  /** `pulumi preview`. */
  preview(program: readonly WireResource[]): Promise<RunResult> {
    return this.#deploy(program, true);
  }

  /** `pulumi refresh`: updates the state from the provider. */
  async refresh(): Promise<RefreshResult> {
    const state = this.#load();
    return this.#connected(async (provider) => {
      await this.#configure(provider, state.config ?? this.config);
      const found = await Promise.all(
        state.resources.map(async (resource) => {
          this.calls.push(`read ${resource.name}`);
          const { urn, id, inputs, outputs } = resource;
          return { resource, read: await provider.read({ urn, id, properties: outputs, inputs }) };
        }),
      );
      const present = found.filter(({ read }) => read.id !== "");
      const diffs = await Promise.all(
        present.map(async ({ resource, read }) => {
          this.calls.push(`diff ${resource.name}`);
          const { urn, inputs: news } = resource;
          return provider.diff({ urn, id: read.id, olds: read.properties, oldInputs: read.inputs, news });
        }),
      );
      const resources = present.map(({ resource, read }) => ({
        ...resource,
        id: read.id,
        inputs: read.inputs,
        outputs: read.properties,
      }));
      this.#save({ ...state, resources });
      const drift = present.flatMap(({ resource }, index) => {
        const { changes, diffs: names } = diffs[index] as DiffResult;
        return changes === "some" ? [[resource.name, names]] : [];
      });
      const gone = found.filter(({ read }) => read.id === "").map(({ resource }) => resource.name);
      return { drift: Object.fromEntries(drift), gone };
    });
  }

  /** `pulumi destroy`. Resolves with `<name>: <message>` for each failed deletion. */
  async destroy(): Promise<readonly string[]> {
    const state = this.#load();
    return this.#connected(async (provider) => {
      await this.#configure(provider, state.config ?? this.config);
      const { errors, left } = await this.#delete(provider, state.resources);
      this.#save({ ...state, resources: state.resources.filter((resource) => left.has(resource)) });
      return errors;
    });
  }

  async #deploy(program: readonly WireResource[], isPreview: boolean): Promise<RunResult> {
    const before = this.#load();
    return this.#connected(async (provider) => {
      const config = await this.#checkConfig(provider, before.config);
      const run = new Run({ ...this.#run(provider), isPreview, before: before.resources });
      await run.make(program);
      const pendingDeletion = run.pendingDeletion();
      let left: ReadonlySet<StoredResource> = new Set(pendingDeletion);
      if (!isPreview && run.isClean) {
        const deleted = await this.#delete(provider, pendingDeletion);
        run.errors.push(...deleted.errors);
        left = deleted.left;
      }
      if (!isPreview) this.#save({ config, resources: [...left, ...run.made()] });
      return run.result();
    });
  }

  #run(provider: GrpcProvider) {
    const urn = ({ type, name }: WireResource) => `urn:pulumi:${this.#stack}::wire::${type}::${name}`;
    return { provider, urn, autonaming: this.autonaming, note: (call: string) => this.calls.push(call) };
  }

  async #connected<T>(work: (provider: GrpcProvider) => Promise<T>): Promise<T> {
    const provider = new GrpcProvider(this.#port);
    this.calls = [];
    try {
      await provider.handshake().catch((error: unknown) => {
        if (!(error instanceof ProviderCallError) || !/implement/.test(error.message)) throw error;
      });
      await provider.attach();
      await provider.pluginVersion();
      const result = await work(provider);
      await provider.cancel();
      return result;
    } finally {
      provider.close();
    }
  }

  async #checkConfig(provider: GrpcProvider, before: Properties | undefined): Promise<Properties> {
    const urn = this.#providerUrn;
    const { inputs, failures } = await provider.checkConfig({ urn, olds: before ?? {}, news: this.config });
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    const diff = before && (await provider.diffConfig({ urn, olds: before, news: inputs }));
    // When the diff reports no change, an engine keeps the state.
    const config = before && diff?.changes === "none" ? before : inputs;
    await this.#configure(provider, config);
    return config;
  }

  async #configure(provider: GrpcProvider, args: Properties): Promise<void> {
    await provider.configure({ args, urn: this.#providerUrn, id: "9b1018f5-34fb-4ac9-a218-87b76e25f176" });
  }

  get #providerUrn(): string {
    return `urn:pulumi:${this.#stack}::wire::pulumi:providers:aws::default_7_48_0`;
  }

  /** Deletes in reverse order of creation. */
  async #delete(provider: GrpcProvider, resources: readonly StoredResource[]) {
    const errors: string[] = [];
    const left = new Set(resources);
    for (const resource of [...resources].reverse()) {
      const { urn, name, id, inputs, outputs } = resource;
      this.calls.push(`delete ${name}`);
      try {
        await provider.delete({ urn, id, properties: outputs, oldInputs: inputs });
        left.delete(resource);
      } catch (error) {
        errors.push(`${name}: ${(error as Error).message}`);
      }
    }
    return { errors, left };
  }

  #load(): StoredState {
    return JSON.parse(this.state) as StoredState;
  }

  #save(state: StoredState): void {
    this.state = JSON.stringify(state);
  }
}
