import { randomUUID } from "node:crypto";
import { NotSupportedError, UserError } from "../errors.ts";
import { changedProperties } from "../provider/diff.ts";
import type { CheckFailure, Provider } from "../provider/provider.ts";
import type { Properties } from "../provider/resource-type.ts";
import { packageConfig, type StackConfig } from "./config.ts";
import { deleteResource, hasProviderDelete, protectedMessage } from "./deletions.ts";
import type { Failure } from "./errors.ts";
import { failureMessage } from "./failure-message.ts";
import {
  type LogMessage,
  type Monitor,
  type ProgramCalls,
  type Reading,
  type Registration,
  startMonitor,
} from "./monitor.ts";
import { type Program, startProgram } from "./program.ts";
import type { Project } from "./project.ts";
import { CheckError, type Outcome, stepResource, toState, withSecrets } from "./resource-step.ts";
import type { ConfiguredProvider, ResourceState, StackState } from "./state.ts";
import { makeUrn, PROVIDER_TYPE_PREFIX, STACK_REFERENCE_TYPE, STACK_TYPE, typeAndName } from "./urn.ts";

/** What happens to a resource while a stack is deployed. */
export interface EngineEvent {
  readonly stack: string;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly action: "creating" | "updating" | "replacing" | "deleting" | "deleted" | "read" | "failed" | Outcome;
}

/** Where a line of a program's output comes from. What it logs as an error is not output but a failure of the deployment. */
export interface OutputOrigin {
  readonly stack: string;
  readonly source: "stdout" | "stderr" | "log";
  readonly severity: "info" | "warning";
}

export interface DeploymentOptions {
  readonly project: Project;
  readonly stack: string;
  readonly config: StackConfig;
  readonly isPreview: boolean;
  readonly before: StackState;
  /** Packages that there is a provider for. */
  readonly packages: readonly string[];
  readonly newProvider: () => Provider;
  /** Outputs of another stack, once it is deployed. */
  readonly readStack: (name: string) => Promise<{ outputs: Properties; secretOutputNames: readonly string[] }>;
  readonly onEvent: (event: EngineEvent) => void;
  readonly onOutput: (text: string, origin: OutputOrigin) => void;
  /** A program that neither ends nor asks for anything for this long, in milliseconds, is given up. */
  readonly stallTimeoutMs: number;
}

/** How a deployment ended. `after` is the state even when it failed: what was made is there. */
export interface DeploymentOutcome {
  readonly after: StackState;
  readonly failures: readonly Failure[];
  readonly summary: Summary;
  readonly changed: readonly string[];
}

/** Numbers of resources, components and the stack among them. */
export interface Summary {
  readonly created: number;
  readonly updated: number;
  readonly replaced: number;
  readonly deleted: number;
  readonly same: number;
}

/** A program that fails may have more to say: errors that it logs within this time are reported together. */
const ERROR_GRACE_MS = 100;
const STDERR_LINES = 20;

/** Ends an operation that is not to be carried out. */
class AbandonedError extends Error {}

/** One run of a program against one stack. */
export class Deployment implements ProgramCalls {
  readonly #options: DeploymentOptions;
  readonly #failures: Failure[] = [];
  readonly #failedInvokes: string[] = [];
  readonly #resources = new Map<string, ResourceState>();
  readonly #urns = new Set<string>();
  readonly #taken = new Set<string>();
  readonly #outdated: ResourceState[] = [];
  readonly #providers = new Map<string, ConfiguredProvider>();
  readonly #defaultProviders = new Map<string, Promise<ConfiguredProvider>>();
  readonly #componentProviders = new Map<string, ReadonlyMap<string, string>>();
  readonly #summary = { created: 0, updated: 0, replaced: 0, deleted: 0, same: 0 };
  readonly #changed: string[] = [];
  readonly #stderr: string[] = [];
  readonly #open = new Map<symbol, string>();
  #waiting = 0;
  #outputs: Properties | undefined;
  #program: Program | undefined;
  #endTimer: NodeJS.Timeout | undefined;
  #lastProgress = Date.now();

  constructor(options: DeploymentOptions) {
    this.#options = options;
  }

  /** Runs the program to its end, then deletes what it no longer registers. Never rejects for what the program or a provider did. */
  async run(): Promise<DeploymentOutcome> {
    let monitor: Monitor | undefined;
    const stallTimer = setInterval(() => this.#checkStall(), Math.min(1000, this.#options.stallTimeoutMs / 4));
    try {
      monitor = await startMonitor(this);
      this.#program = startProgram({
        ...this.#options,
        address: monitor.address,
        onLine: (source, line) => this.#say(source, line),
      });
      const { code } = await this.#program.ended;
      await this.#settled();
      if (this.#failures.length === 0) this.#judgeEnd(code);
    } catch (error) {
      this.#failures.push({ message: failureMessage(error), cause: error });
    } finally {
      clearInterval(stallTimer);
      clearTimeout(this.#endTimer);
      monitor?.close();
    }
    const leftover = this.#leftover();
    const remaining = this.#failures.length === 0 ? await this.#deleteAll(leftover) : leftover;
    const resources = new Map([...remaining, ...this.#resources.values()].map((state) => [state.urn, state]));
    const outputs = this.#failures.length === 0 ? this.#outputs : undefined;
    return { after: { resources, outputs }, failures: this.#failures, summary: this.#summary, changed: this.#changed };
  }

  /** Ends the program; what is being made is still waited for. */
  cancel(): void {
    this.#fail("", new UserError("the deployment was cancelled"));
  }

  registerResource(registration: Registration): Promise<{ urn: string; id: string; outputs: Properties }> {
    const urn = this.#urnOf(registration);
    return this.#operation(urn, async () => {
      this.#claim(urn, registration);
      const { state, outcome } = await this.#register(urn, registration);
      this.#resources.set(urn, state);
      this.#summary[outcome]++;
      if (outcome !== "same") this.#changed.push(urn);
      this.#emit(urn, outcome);
      return { urn, id: state.id, outputs: state.outputs };
    });
  }

  async readResource(reading: Reading): Promise<{ urn: string; outputs: Properties }> {
    const urn = this.#urnOf(reading);
    if (reading.type === STACK_REFERENCE_TYPE) {
      this.#waiting++;
      const outputs = this.#options.readStack(reading.id).finally(() => {
        this.#waiting--;
      });
      const found = await outputs.catch((error: unknown) => error);
      return this.#operation(urn, async () => {
        if (found instanceof Error) throw found;
        return { urn, outputs: { ...reading.inputs, ...(found as Properties), name: reading.id } };
      });
    }
    return this.#operation(urn, async () => {
      const configured = await this.#providerFor(reading.type, reading);
      const found = await configured.provider.read({ urn, id: reading.id, properties: reading.inputs });
      if (found.id === "") throw new UserError(`resource '${reading.id}' does not exist`);
      const outputs = withSecrets(found.properties, reading.additionalSecretOutputs);
      const registration = { ...reading, isCustom: true, isProtected: false, isRetainedOnDelete: false };
      this.#resources.set(urn, { ...registration, urn, isExternal: true, outputs, provider: configured });
      this.#emit(urn, "read");
      return { urn, outputs };
    });
  }

  async invoke(request: { token: string; provider: string; args: Properties }): Promise<{
    result: Properties;
    failures: readonly CheckFailure[];
  }> {
    const key = this.#enter(`invoke of ${request.token}`);
    try {
      const configured = await this.#providerFor(request.token, { provider: request.provider, parent: "" });
      const answer = await configured.provider.invoke({ tok: request.token, args: request.args });
      const reasons = answer.failures.map(({ property, reason }) => `${reason} (${property})`).join("; ");
      if (reasons !== "") this.#failedInvokes.push(`Invoke of '${request.token}' failed: ${reasons}`);
      return { result: answer.return, failures: answer.failures };
    } catch (error) {
      const message = `invocation of ${request.token} returned an error: ${failureMessage(error)}`;
      this.#failedInvokes.push(message);
      throw new Error(message);
    } finally {
      this.#leave(key);
    }
  }

  registerOutputs(urn: string, outputs: Properties): Promise<void> {
    return this.#operation(urn, async () => {
      const state = this.#resources.get(urn);
      if (!state) throw new UserError(`outputs were registered for a resource that is not known: ${urn}`);
      this.#resources.set(urn, { ...state, outputs });
      if (state.type === STACK_TYPE) this.#outputs = outputs;
    });
  }

  log({ severity, message, urn }: LogMessage): void {
    this.#lastProgress = Date.now();
    if (severity === "debug") return;
    const text = message.trimEnd();
    if (severity !== "error") {
      this.#options.onOutput(text, { stack: this.#options.stack, source: "log", severity });
      return;
    }
    const known = this.#failedInvokes.find((failed) => text.includes(failed));
    this.#failures.push({ ...(urn ? { urn } : {}), message: known ?? text });
    this.#endWhenSettled();
  }

  #urnOf({ type, name, parent }: { type: string; name: string; parent: string }): string {
    return makeUrn(this.#options.stack, this.#options.project.name, parent, type, name);
  }

  /** Runs one of the program's calls. One that fails, or that ends after another has failed, is never answered. */
  async #operation<T>(urn: string, work: () => Promise<T>): Promise<T> {
    const key = this.#enter(urn);
    try {
      const answer = await work();
      return this.#failures.length > 0 ? unanswered() : answer;
    } catch (error) {
      if (!(error instanceof AbandonedError)) this.#fail(urn, error);
      return unanswered();
    } finally {
      this.#leave(key);
    }
  }

  /** After a failure, what the program has already sent is still checked, so that all mistakes are told at once; but nothing more is made. */
  #begin(urn: string, action: EngineEvent["action"]): void {
    if (this.#failures.length > 0) throw new AbandonedError();
    this.#emit(urn, action);
  }

  #enter(what: string): symbol {
    const key = Symbol(what);
    this.#open.set(key, what);
    this.#lastProgress = Date.now();
    return key;
  }

  #leave(key: symbol): void {
    this.#open.delete(key);
    this.#lastProgress = Date.now();
    if (this.#failures.length > 0) this.#endWhenSettled();
  }

  #fail(urn: string, error: unknown): void {
    const isCheck = error instanceof CheckError;
    const at = isCheck ? { urn: error.urn } : urn ? { urn } : {};
    for (const message of isCheck ? error.messages : [failureMessage(error)])
      this.#add({ ...at, message, cause: error });
    if (urn) this.#emit(urn, "failed");
    this.#endWhenSettled();
  }

  /** What several resources suffer from (their provider's configuration) is said once. */
  #add(failure: Failure): void {
    if (!this.#failures.some(({ urn, message }) => urn === failure.urn && message === failure.message)) {
      this.#failures.push(failure);
    }
  }

  #endWhenSettled(): void {
    clearTimeout(this.#endTimer);
    if (this.#open.size > 0) return;
    this.#endTimer = setTimeout(() => this.#program?.kill(), ERROR_GRACE_MS);
  }

  /** Resolves when no operation is under way any more. */
  async #settled(): Promise<void> {
    while (this.#open.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  #checkStall(): void {
    if (this.#waiting > 0) this.#lastProgress = Date.now();
    if (Date.now() - this.#lastProgress < this.#options.stallTimeoutMs) return;
    const seconds = Math.round(this.#options.stallTimeoutMs / 1000);
    const open = [...this.#open.values()].join(", ");
    const what = open ? `${open} has not ended` : "the program neither ends nor asks for anything";
    this.#failures.push({ message: `${what} for ${seconds} s: gave it up` });
    this.#open.clear();
    this.#program?.kill();
  }

  #judgeEnd(code: number | null): void {
    const said = this.#stderr.slice(-STDERR_LINES).join("\n").trim();
    if (code !== 0) {
      this.#failures.push({ message: `the program ended with exit code ${code}${said ? `:\n${said}` : ""}` });
    } else if (!this.#outputs) {
      this.#failures.push({
        message: "the program ended before its outputs were known: something that it waits for never resolves",
      });
    }
  }

  #say(source: "stdout" | "stderr", text: string): void {
    this.#lastProgress = Date.now();
    if (source === "stderr") this.#stderr.push(text);
    this.#options.onOutput(text, { stack: this.#options.stack, source, severity: "info" });
  }

  #emit(urn: string, action: EngineEvent["action"]): void {
    this.#options.onEvent({ stack: this.#options.stack, urn, ...typeAndName(urn), action });
  }

  #claim(urn: string, registration: Registration): void {
    if (this.#urns.has(urn)) throw new UserError(`Duplicate resource URN '${urn}'; try giving it a unique name`);
    this.#urns.add(urn);
    if (registration.isRemote) throw new NotSupportedError(`remote components (${registration.type})`);
    if (registration.importId) throw new NotSupportedError(`the option import (${registration.type})`);
  }

  async #register(urn: string, registration: Registration): Promise<{ state: ResourceState; outcome: Outcome }> {
    const old = this.#takeOld(urn, registration.aliases);
    if (registration.type.startsWith(PROVIDER_TYPE_PREFIX)) return this.#registerProvider(urn, registration, old);
    if (registration.isCustom) {
      const configured = await this.#providerFor(registration.type, registration);
      return stepResource(urn, registration, configured, old, {
        isPreview: this.#options.isPreview,
        begin: (action) => this.#begin(urn, action),
        deleteNow: async (state) => {
          if (this.#options.isPreview || !hasProviderDelete(state)) return;
          await deleteResource(state);
          this.#emit(urn, "deleted");
        },
        deleteLater: (state) => this.#outdated.push(state),
      });
    }
    const inherited = this.#componentProviders.get(registration.parent) ?? new Map();
    this.#componentProviders.set(urn, new Map([...inherited, ...registration.providers]));
    const outputs = registration.type === STACK_TYPE ? {} : registration.inputs;
    const state = toState(urn, registration, undefined, "", registration.inputs, outputs);
    return { state, outcome: outcomeOf(old, registration.inputs) };
  }

  /** What the stack had under this URN, or under one that the resource had before. */
  #takeOld(urn: string, aliases: readonly string[]): ResourceState | undefined {
    const known = [urn, ...aliases].find((name) => this.#options.before.resources.has(name) && !this.#taken.has(name));
    if (known === undefined) return undefined;
    this.#taken.add(known);
    return this.#options.before.resources.get(known);
  }

  async #registerProvider(
    urn: string,
    registration: Registration,
    old: ResourceState | undefined,
  ): Promise<{ state: ResourceState; outcome: Outcome }> {
    const packageName = registration.type.slice(PROVIDER_TYPE_PREFIX.length);
    const { inputs } = registration;
    const isMoved = old
      ? (await this.#options.newProvider().diffConfig({ urn, olds: old.inputs, news: inputs })).replaces.length > 0
      : false;
    const id = old && !isMoved ? old.id : randomUUID();
    await this.#configure(packageName, urn, id, inputs);
    const state = toState(urn, registration, undefined, id, inputs, inputs);
    return { state, outcome: isMoved ? "replaced" : outcomeOf(old, inputs) };
  }

  async #configure(packageName: string, urn: string, id: string, args: Properties): Promise<ConfiguredProvider> {
    if (!this.#options.packages.includes(packageName)) throw this.#unknownPackage(packageName);
    const provider = this.#options.newProvider();
    const checked = await provider.checkConfig({ urn, news: args });
    if (checked.failures.length > 0) throw new CheckError(urn, checked.inputs, checked.failures);
    await provider.configure({ args: checked.inputs });
    const configured = { reference: `${urn}::${id}`, packageName, provider, args: checked.inputs };
    this.#providers.set(configured.reference, configured);
    return configured;
  }

  #providerFor(token: string, { provider, parent }: { provider: string; parent: string }): Promise<ConfiguredProvider> {
    const packageName = token.split(":")[0] ?? "";
    const reference = provider || this.#componentProviders.get(parent)?.get(packageName);
    if (reference) {
      const known = this.#providers.get(reference);
      if (!known) throw new UserError(`unknown provider '${reference}' for '${token}'`);
      return Promise.resolve(known);
    }
    const made = this.#defaultProviders.get(packageName) ?? this.#makeDefaultProvider(packageName);
    this.#defaultProviders.set(packageName, made);
    return made;
  }

  #makeDefaultProvider(packageName: string): Promise<ConfiguredProvider> {
    const urn = makeUrn(
      this.#options.stack,
      this.#options.project.name,
      "",
      `${PROVIDER_TYPE_PREFIX}${packageName}`,
      "default",
    );
    return this.#configure(packageName, urn, "default", packageConfig(this.#options.config, packageName));
  }

  #unknownPackage(packageName: string): Error {
    return new NotSupportedError(`the package ${packageName}`, this.#options.packages.join(", "));
  }

  /** What the stack had and the program has not registered, and what was replaced, in the order of their making. */
  #leftover(): readonly ResourceState[] {
    const gone = [...this.#options.before.resources.values()].filter((state) => !this.#taken.has(state.urn));
    return [...gone, ...this.#outdated];
  }

  /** Deletes in reverse order; the resources that could not be deleted are the result. */
  async #deleteAll(states: readonly ResourceState[]): Promise<readonly ResourceState[]> {
    const order = [...this.#options.before.resources.keys()];
    const inOrder = [...states].sort((left, right) => order.indexOf(right.urn) - order.indexOf(left.urn));
    for (const { urn, isProtected } of inOrder) {
      if (isProtected && !this.#resources.has(urn)) this.#failures.push({ urn, message: protectedMessage(urn) });
    }
    if (this.#failures.length > 0) return states;
    const remaining = new Set(states);
    for (const state of inOrder) {
      const isReplaced = this.#resources.has(state.urn);
      try {
        if (hasProviderDelete(state) && !this.#options.isPreview) {
          this.#emit(state.urn, "deleting");
          await deleteResource(state);
        }
      } catch (error) {
        this.#fail(state.urn, error);
        return [...remaining].filter(({ urn }) => !this.#resources.has(urn));
      }
      remaining.delete(state);
      if (isReplaced) continue;
      this.#summary.deleted++;
      this.#changed.push(state.urn);
      this.#emit(state.urn, "deleted");
    }
    return [];
  }
}

function outcomeOf(old: ResourceState | undefined, inputs: Properties): Outcome {
  if (!old) return "created";
  return changedProperties(old.inputs, inputs).length > 0 ? "updated" : "same";
}

function unanswered(): Promise<never> {
  return new Promise(() => {});
}
