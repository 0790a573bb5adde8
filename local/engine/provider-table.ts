import { NotSupportedError, UserError } from "../kernel/errors.ts";
import type { Provider } from "../resource-types/provider.ts";
import type { Properties } from "../resource-types/resource-type.ts";
import { unknownPaths } from "../resource-types/wire-values.ts";
import { packageConfig, type StackConfig } from "./config.ts";
import { CheckError } from "./resource-step.ts";
import type { ConfiguredProvider } from "./state.ts";
import { unknownProvider } from "./unknown-provider.ts";
import { makeUrn, PROVIDER_TYPE_PREFIX } from "./urn.ts";

export interface ProviderTableOptions {
  readonly stack: string;
  readonly projectName: string;
  readonly config: StackConfig;
  /** Packages that have a provider. */
  readonly packages: readonly string[];
  readonly newProvider: () => Provider;
}

/**
 * The configured providers of a deployment: explicit ones, and the default one of each package, made from the stack's
 * configuration.
 */
export class ProviderTable {
  readonly #options: ProviderTableOptions;
  readonly #explicit = new Map<string, ConfiguredProvider>();
  readonly #default = new Map<string, Promise<ConfiguredProvider>>();
  /** By component: provider references by package, including inherited ones. */
  readonly #ofComponent = new Map<string, ReadonlyMap<string, string>>();

  constructor(options: ProviderTableOptions) {
    this.#options = options;
  }

  /**
   * Configures an explicit provider. Throws CheckError for an invalid configuration, and for refused credentials and
   * roles.
   */
  async addExplicit(packageName: string, urn: string, id: string, args: Properties): Promise<void> {
    const configured = await this.#configure(packageName, urn, id, args);
    this.#explicit.set(configured.reference, configured);
  }

  /** Whether the new arguments change account or region, which replaces all resources of the provider. */
  async isMoved(urn: string, olds: Properties, news: Properties): Promise<boolean> {
    return (await this.#options.newProvider().diffConfig({ urn, olds, news })).replaces.length > 0;
  }

  /** Records the providers that the children of a component inherit. */
  addComponent(urn: string, parent: string, providers: ReadonlyMap<string, string>): void {
    this.#ofComponent.set(urn, new Map([...(this.#ofComponent.get(parent) ?? []), ...providers]));
  }

  /** The referenced provider, else the parent's, else the package's default. */
  async find(token: string, { provider, parent }: { provider: string; parent: string }): Promise<ConfiguredProvider> {
    const packageName = token.split(":")[0] ?? "";
    const reference = provider || this.#ofComponent.get(parent)?.get(packageName);
    if (reference) {
      const known = this.#explicit.get(reference);
      if (!known) throw new UserError(`unknown provider '${reference}' for resource '${token}'`);
      return known;
    }
    const made = this.#default.get(packageName) ?? this.#makeDefault(packageName);
    this.#default.set(packageName, made);
    return made;
  }

  #makeDefault(packageName: string): Promise<ConfiguredProvider> {
    const { stack, projectName, config } = this.#options;
    const urn = makeUrn(stack, projectName, "", `${PROVIDER_TYPE_PREFIX}${packageName}`, "default");
    return this.#configure(packageName, urn, "default", packageConfig(config, packageName));
  }

  async #configure(packageName: string, urn: string, id: string, args: Properties): Promise<ConfiguredProvider> {
    if (!this.#options.packages.includes(packageName)) {
      throw new NotSupportedError(`the package ${packageName}`, this.#options.packages.join(", "));
    }
    const provider = this.#options.newProvider();
    const { inputs, failures } = await provider.checkConfig({ urn, news: args });
    if (failures.length > 0) throw new CheckError(urn, inputs, failures);
    const reference = `${urn}::${id}`;
    if (unknownPaths(inputs).length > 0) return { reference, packageName, provider: unknownProvider(), args: inputs };
    await provider.configure({ args: inputs }).catch((error: unknown) => {
      // Reported once, for the provider, and not for every resource that uses it.
      throw error instanceof UserError ? new CheckError(urn, inputs, [{ property: "", reason: error.message }]) : error;
    });
    return { reference, packageName, provider, args: inputs };
  }
}
