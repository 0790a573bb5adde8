import { failureMessage, UserError } from "../kernel/errors.ts";
import { HANG_LIMIT_MS } from "../kernel/hang-limit.ts";
import type { Provider } from "../resource-types/provider.ts";
import type { Properties } from "../resource-types/resource-type.ts";
import { isSecret } from "../resource-types/wire-values.ts";
import { loadConfig, type StackConfig } from "./config.ts";
import { deleteResource, protectedMessage } from "./deletions.ts";
import { Deployment, type DeploymentOutcome } from "./deployment.ts";
import { EarlyProgram } from "./early-program.ts";
import { DeploymentError } from "./errors.ts";
import type { EngineEvent, OutputOrigin } from "./events.ts";
import { Journal, type ResourceChange, type Summary } from "./journal.ts";
import { plainOutputs } from "./plain-outputs.ts";
import { type StartProgram, startProcess } from "./program.ts";
import { type Project, readProject } from "./project.ts";
import { emptyStack, type StackState } from "./state.ts";
import { typeAndName } from "./urn.ts";

export interface EngineOptions {
  /** Folder of Pulumi.yaml. */
  readonly projectDir: string;
  /** By stack and key; overrides Pulumi.<stack>.yaml; lists and objects as JSON. */
  readonly configOverrides?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Makes the providers of a deployment. @param baseDir base of relative asset paths. */
  readonly newProvider: (baseDir: string) => Provider;
  readonly onEvent?: (event: EngineEvent) => void;
  /** Called for each line that the program prints or logs. */
  readonly onOutput?: (text: string, origin: OutputOrigin) => void;
  /**
   * How long a program may be idle, or compute without a call, in milliseconds as HangWatch counts them; default
   * HANG_LIMIT_MS.
   */
  readonly hangLimitMs?: number;
  /** Starts programs; default: each in its own process. */
  readonly start?: StartProgram;
}

/** A resource after a deployment. Secrets are `{ secret: true, value }`. */
export interface DeployedResource {
  readonly urn: string;
  readonly type: string;
  /** "" for components. */
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** The result of deploying a stack. */
export interface StackResult {
  /** Secrets are `{ secret: true, value }`. */
  readonly outputs: Properties;
  readonly resources: readonly DeployedResource[];
  readonly summary: Summary;
  /** Created, updated, replaced and deleted resources, with the changed properties. */
  readonly changes: readonly ResourceChange[];
}

/** Options of a preview. */
export interface PreviewOptions {
  /** Folder of the project to preview against the current stack; default: the engine's own. */
  readonly projectDir?: string;
}

/**
 * Runs a Pulumi project without the CLI: starts the program through the SDK's own entry point, by default in a child
 * process, and makes its resources with the local cloud's provider. Stacks are kept in memory. Several can be deployed
 * at the same time; a StackReference waits for its stack.
 */
export class Engine {
  readonly #options: EngineOptions;
  readonly #stacks = new Map<string, StackState>();
  readonly #running = new Map<string, { deployment: Deployment | undefined; result: Promise<unknown> }>();
  readonly #waitsFor = new Map<string, string>();
  readonly #early = new Map<string, EarlyProgram>();

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  /**
   * Starts the program of a stack that `up` will deploy later, with its configuration of now: it loads meanwhile, and
   * waits. Mistakes in the project's files are left to `up`.
   */
  startEarly(stack: string): void {
    if (this.#early.has(stack)) return;
    try {
      const loaded = this.#load(stack, this.#options.projectDir);
      this.#early.set(stack, new EarlyProgram(this.#start, { ...loaded, stack, isPreview: false }));
    } catch (error) {
      if (!(error instanceof DeploymentError)) throw error;
    }
  }

  /**
   * Deploys a stack. Throws DeploymentError with one line per failure; resources made until then stay, outputs do not.
   */
  up(stack: string): Promise<StackResult> {
    return this.#deploy(stack, this.#options.projectDir, false);
  }

  /** Shows what `up` would do, without making anything. Unknown outputs are Pulumi's marker for unknown values. */
  preview(stack: string, { projectDir = this.#options.projectDir }: PreviewOptions = {}): Promise<StackResult> {
    return this.#deploy(stack, projectDir, true);
  }

  /** Deletes all resources of a stack, in reverse order, without running the program. Throws DeploymentError. */
  destroy(stack: string): Promise<Summary> {
    return this.#exclusively(stack, undefined, async () => {
      const before = this.#stacks.get(stack) ?? emptyStack;
      const kept = [...before.resources.values()].filter(({ isProtected }) => isProtected);
      if (kept.length > 0) {
        const failures = kept.map(({ urn }) => ({ urn, message: protectedMessage(urn) }));
        throw new DeploymentError(stack, failures);
      }
      const journal = new Journal(before);
      for (const state of journal.leftover()) {
        const event = { stack, urn: state.urn, ...typeAndName(state.urn) };
        try {
          this.#options.onEvent?.({ ...event, action: "deleting" });
          await deleteResource(state);
        } catch (error) {
          this.#options.onEvent?.({ ...event, action: "failed" });
          this.#stacks.set(stack, journal.after(undefined));
          throw new DeploymentError(stack, [{ urn: state.urn, message: failureMessage(error), cause: error }]);
        }
        journal.forget(state);
        this.#options.onEvent?.({ ...event, action: "deleted" });
      }
      this.#stacks.delete(stack);
      return journal.summary;
    });
  }

  /** Outputs of a deployed stack, secrets as `{ secret: true, value }`; undefined for any other. */
  outputs(stack: string): Properties | undefined {
    const outputs = this.#stacks.get(stack)?.outputs;
    return outputs && plainOutputs(outputs);
  }

  /** Kills running programs; their deployments fail. Those that wait for their deployment are killed too. */
  async close(): Promise<void> {
    const early = [...this.#early.values()];
    this.#early.clear();
    await Promise.all(early.map((program) => program.drop()));
    const running = [...this.#running.values()];
    for (const { deployment } of running) deployment?.cancel();
    await Promise.allSettled(running.map(({ result }) => result));
  }

  async #deploy(stack: string, projectDir: string, isPreview: boolean): Promise<StackResult> {
    const { project, config } = this.#load(stack, projectDir);
    const { newProvider } = this.#options;
    const deployment = new Deployment({
      project,
      stack,
      config,
      isPreview,
      before: this.#stacks.get(stack) ?? emptyStack,
      packages: ["aws"],
      newProvider: () => newProvider(project.workingDirectory),
      readStack: (name) => this.#readStack(project, stack, name),
      onEvent: (event) => this.#options.onEvent?.(event),
      onOutput: (text, origin) => this.#options.onOutput?.(text, origin),
      hangLimitMs: this.#options.hangLimitMs ?? HANG_LIMIT_MS,
      start: (calls, options) => {
        const early = isPreview ? undefined : this.#early.get(stack);
        if (early === undefined) return this.#start(calls, options);
        this.#early.delete(stack);
        return early.begin(calls, options);
      },
    });
    return this.#exclusively(stack, deployment, async () => {
      const outcome = await deployment.run();
      if (!isPreview) this.#stacks.set(stack, outcome.after);
      if (outcome.failures.length > 0) throw new DeploymentError(stack, outcome.failures);
      return toResult(outcome);
    });
  }

  get #start(): StartProgram {
    return this.#options.start ?? startProcess;
  }

  #load(stack: string, projectDir: string): { project: Project; config: StackConfig } {
    try {
      const project = readProject(projectDir);
      return { project, config: loadConfig(project, stack, this.#options.configOverrides?.[stack]) };
    } catch (error) {
      throw new DeploymentError(stack, [{ message: failureMessage(error), cause: error }]);
    }
  }

  async #exclusively<T>(stack: string, deployment: Deployment | undefined, work: () => Promise<T>): Promise<T> {
    if (this.#running.has(stack)) throw new UserError(`the stack '${stack}' is currently being updated`);
    const result = work();
    this.#running.set(stack, { deployment, result });
    try {
      return await result;
    } finally {
      this.#running.delete(stack);
      this.#waitsFor.delete(stack);
    }
  }

  async #readStack(project: Project, from: string, name: string) {
    const stack = stackNameOf(project, name);
    const running = stack === undefined || stack === from ? undefined : this.#running.get(stack);
    if (stack !== undefined && running) {
      this.#refuseCycle(from, stack);
      this.#waitsFor.set(from, stack);
      await running.result.catch(() => {});
      this.#waitsFor.delete(from);
    }
    const state = stack === undefined ? undefined : this.#stacks.get(stack);
    if (!state) throw new UserError(`unknown stack "${name}": deploy it first`);
    if (!state.outputs) throw new UserError(`the referenced stack "${name}" failed to deploy`);
    const { outputs } = state;
    const secretOutputNames = Object.keys(outputs).filter((key) => isSecret(outputs[key]));
    return { outputs, secretOutputNames };
  }

  #refuseCycle(from: string, to: string): void {
    const chain = [from];
    for (let next: string | undefined = to; next !== undefined; next = this.#waitsFor.get(next)) {
      chain.push(next);
      if (next === from) throw new UserError(`stacks refer to each other: ${chain.join(" -> ")}`);
    }
  }
}

/**
 * Resolves a StackReference to a stack of this project: `organization/<project>/<stack>`, or the stack's name alone.
 */
function stackNameOf(project: Project, name: string): string | undefined {
  const parts = name.split("/");
  if (parts.length === 1) return name;
  return parts.length === 3 && parts[0] === "organization" && parts[1] === project.name ? parts[2] : undefined;
}

function toResult({ after, summary, changes }: DeploymentOutcome): StackResult {
  return {
    outputs: plainOutputs(after.outputs ?? {}),
    resources: [...after.resources.values()].map(({ urn, type, id, inputs, outputs }) => ({
      urn,
      type,
      id,
      inputs: plainOutputs(inputs),
      outputs: plainOutputs(outputs),
    })),
    summary,
    changes: changes.map((change) => ({
      ...change,
      ...(change.before ? { before: plainOutputs(change.before) } : {}),
      ...(change.after ? { after: plainOutputs(change.after) } : {}),
    })),
  };
}
