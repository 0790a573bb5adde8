import { randomUUID } from "node:crypto";
import { failureMessage, NotSupportedError, UserError } from "../kernel/errors.ts";
import type { CheckFailure } from "../resource-types/provider.ts";
import type { Properties } from "../resource-types/resource-type.ts";
import { deleteResource, protectedMessage } from "./deletions.ts";
import { deleteFirst } from "./dependents.ts";
import type { Failure } from "./errors.ts";
import type { EngineEvent, OutputOrigin } from "./events.ts";
import { AfterFailure, activityOf, Hang, HangWatch } from "./hang-watch.ts";
import { InFlight } from "./in-flight.ts";
import { Journal, type ResourceChange, type Summary } from "./journal.ts";
import type { LogMessage, ProgramCalls, Reading, Registration } from "./monitor.ts";
import type { Program, StartProgram } from "./program.ts";
import { mistakeOfEnd } from "./program-end.ts";
import type { Project } from "./project.ts";
import { ProviderTable, type ProviderTableOptions } from "./provider-table.ts";
import {
  CheckError,
  diffOf,
  noDiff,
  outcomeOf,
  type PropertyDiff,
  stepResource,
  toState,
  withSecrets,
} from "./resource-step.ts";
import type { ResourceState, StackState } from "./state.ts";
import { makeUrn, PROVIDER_TYPE_PREFIX, STACK_REFERENCE_TYPE, STACK_TYPE, typeAndName } from "./urn.ts";
import { Warnings } from "./warnings.ts";

export interface DeploymentOptions extends Omit<ProviderTableOptions, "projectName"> {
  readonly project: Project;
  readonly isPreview: boolean;
  readonly before: StackState;
  /** Outputs of another stack, once it is deployed. */
  readonly readStack: (name: string) => Promise<{ outputs: Properties; secretOutputNames: readonly string[] }>;
  readonly onEvent: (event: EngineEvent) => void;
  readonly onOutput: (text: string, origin: OutputOrigin) => void;
  /**
   * A program that is idle for this long, or computes for this long without a call, is killed; milliseconds as
   * HangWatch counts them.
   */
  readonly hangLimitMs: number;
  readonly start: StartProgram;
}

/** The result of a deployment. Even after a failure, `after` is the state with everything made so far. */
export interface DeploymentOutcome {
  readonly after: StackState;
  readonly failures: readonly Failure[];
  readonly summary: Summary;
  readonly changes: readonly ResourceChange[];
}

/** Real milliseconds between two checks for a hanging program. */
const WATCH_ROUND_MS = 1000;

/** Ends an operation that is not carried out because another one failed. */
class AbandonedError extends Error {}

/** One run of a program against one stack. */
export class Deployment implements ProgramCalls {
  readonly #options: DeploymentOptions;
  readonly #journal: Journal;
  readonly #providers: ProviderTable;
  readonly #afterFailure = new AfterFailure();
  readonly #inFlight = new InFlight(
    () => this.#program?.kill(),
    () => this.#afterFailure.isWorking(activityOf(this.#program?.pid)),
  );
  readonly #warnings = new Warnings((text) => this.#log(text, "warning"));
  readonly #failedInvokes: string[] = [];
  readonly #stderr: string[] = [];
  #program: Program | undefined;
  #outputs: Properties | undefined;
  #waitingForStacks = 0;
  #isOver = false;

  constructor(options: DeploymentOptions) {
    this.#options = options;
    this.#journal = new Journal(options.before);
    this.#providers = new ProviderTable({ ...options, projectName: options.project.name });
  }

  /**
   * Runs the program to its end, then deletes resources that it no longer registers. Never rejects because of an error
   * in the program or a provider.
   */
  async run(): Promise<DeploymentOutcome> {
    try {
      await this.#runProgram();
    } catch (error) {
      this.#inFlight.fail(undefined, error);
    }
    if (!this.#inFlight.isFailing) await this.#deleteLeftover();
    this.#isOver = true;
    this.#inFlight.close();
    const { failures } = this.#inFlight;
    const after = this.#journal.after(failures.length === 0 ? this.#outputs : undefined);
    return { after, failures, summary: this.#journal.summary, changes: this.#journal.changes };
  }

  /** Kills the program; operations in progress are still awaited. */
  cancel(): void {
    this.#inFlight.fail(undefined, new UserError("the deployment was cancelled"));
    this.#program?.kill();
  }

  registerResource(registration: Registration): Promise<{ urn: string; id: string; outputs: Properties }> {
    const urn = this.#urnOf(registration);
    return this.#operation(urn, async () => {
      const old = this.#journal.claim(urn, registration.aliases);
      const { state, outcome, diff } = await this.#register(urn, registration, old);
      this.#journal.record(state, outcome, diff);
      this.#emit(urn, outcome, diff);
      return { urn, id: state.id, outputs: state.outputs };
    });
  }

  async readResource(reading: Reading): Promise<{ urn: string; outputs: Properties }> {
    const urn = this.#urnOf(reading);
    if (reading.type === STACK_REFERENCE_TYPE) return this.#readStack(urn, reading);
    return this.#operation(urn, async () => {
      const provider = await this.#providers.find(reading.type, reading);
      const found = await provider.provider.read({ urn, id: reading.id, properties: reading.inputs });
      if (found.id === "") throw new UserError(`resource '${reading.id}' does not exist`);
      const outputs = withSecrets(found.properties, reading.additionalSecretOutputs);
      const rest = {
        isCustom: true,
        isExternal: true,
        isProtected: false,
        isRetainedOnDelete: false,
        propertyDependencies: {},
      };
      this.#journal.record({ ...reading, ...rest, urn, outputs, provider });
      this.#emit(urn, "read");
      return { urn, outputs };
    });
  }

  async invoke({ token, provider, args }: { token: string; provider: string; args: Properties }): Promise<{
    result: Properties;
    failures: readonly CheckFailure[];
  }> {
    const leave = this.#inFlight.enter(`invoke of ${token}`);
    try {
      const configured = await this.#providers.find(token, { provider, parent: "" });
      const answer = await configured.provider.invoke({ tok: token, args });
      const reasons = answer.failures.map(({ property, reason }) => `${reason} (${property})`).join("; ");
      if (reasons !== "") this.#failedInvokes.push(`Invoke of '${token}' failed: ${reasons}`);
      return { result: answer.return, failures: answer.failures };
    } catch (error) {
      if (error instanceof CheckError) {
        this.#inFlight.fail(undefined, error);
        return unanswered();
      }
      const message = `invocation of ${token} returned an error: ${failureMessage(error)}`;
      this.#failedInvokes.push(message);
      throw new Error(message);
    } finally {
      leave();
    }
  }

  registerOutputs(urn: string, outputs: Properties): Promise<void> {
    return this.#operation(urn, async () => {
      const { type } = this.#journal.setOutputs(urn, outputs);
      if (type === STACK_TYPE) this.#outputs = outputs;
    });
  }

  log({ severity, message, urn }: LogMessage): void {
    this.#inFlight.progress();
    const text = message.trimEnd();
    if (severity === "error") {
      // The SDK prints a failed invoke with the program's whole stack; the message alone is enough.
      const known = this.#failedInvokes.find((failed) => text.includes(failed));
      this.#inFlight.add({ ...(urn ? { urn } : {}), message: known ?? text });
    } else if (severity !== "debug" && !(urn && this.#warnings.isSaid(urn, text))) {
      this.#log(text, severity);
    }
  }

  #log(text: string, severity: OutputOrigin["severity"]): void {
    this.#options.onOutput(text, { stack: this.#options.stack, source: "log", severity });
  }

  async #runProgram(): Promise<void> {
    const { hangLimitMs, start } = this.#options;
    const roundMs = Math.min(WATCH_ROUND_MS, hangLimitMs / 4);
    const watch = new HangWatch(hangLimitMs, roundMs);
    const watchTimer = setInterval(() => this.#endHang(watch), roundMs);
    try {
      const onLine = (source: "stdout" | "stderr", line: string) => this.#say(source, line);
      this.#program = await start(this, { ...this.#options, onLine });
      if (this.#inFlight.isFailing) this.#program.kill();
      const end = await this.#program.ended;
      const { open } = this.#inFlight;
      await this.#inFlight.whenIdle();
      if (this.#inFlight.isFailing) return;
      const message = mistakeOfEnd(end, { open, stderr: this.#stderr, hasOutputs: this.#outputs !== undefined });
      if (message !== undefined) this.#inFlight.add({ message });
    } finally {
      clearInterval(watchTimer);
      this.#program?.close();
    }
  }

  /** The wait does not count as an open operation: a failure elsewhere need not wait for another stack. */
  async #readStack(urn: string, reading: Reading): Promise<{ urn: string; outputs: Properties }> {
    this.#waitingForStacks++;
    const found = await this.#options.readStack(reading.id).catch((error: unknown) => error);
    this.#waitingForStacks--;
    return this.#operation(urn, async () => {
      if (found instanceof Error) throw found;
      this.#emit(urn, "read");
      return { urn, outputs: { ...reading.inputs, ...(found as Properties), name: reading.id } };
    });
  }

  #urnOf({ type, name, parent }: { type: string; name: string; parent: string }): string {
    return makeUrn(this.#options.stack, this.#options.project.name, parent, type, name);
  }

  /** Runs one of the program's calls. A call that fails, or ends after another has failed, is never answered. */
  async #operation<T>(urn: string, work: () => Promise<T>): Promise<T> {
    if (this.#isOver) return unanswered();
    const leave = this.#inFlight.enter(urn);
    try {
      const answer = await work();
      return this.#inFlight.isFailing ? unanswered() : answer;
    } catch (error) {
      if (!(error instanceof AbandonedError)) {
        this.#inFlight.fail(urn, error);
        this.#emit(urn, "failed");
      }
      return unanswered();
    } finally {
      leave();
    }
  }

  async #register(urn: string, registration: Registration, old: ResourceState | undefined) {
    const { type, inputs, parent } = registration;
    if (registration.isRemote) throw new NotSupportedError(`remote components (${type})`);
    if (registration.importId) throw new NotSupportedError(`the option import (${type})`);
    if (type.startsWith(PROVIDER_TYPE_PREFIX)) {
      const isMoved = old !== undefined && (await this.#providers.isMoved(urn, old.inputs, inputs));
      const id = old && !isMoved ? old.id : randomUUID();
      await this.#providers.addExplicit(type.slice(PROVIDER_TYPE_PREFIX.length), urn, id, inputs);
      const state = toState(urn, registration, undefined, id, inputs, inputs);
      const diff = diffOf(old, inputs);
      if (isMoved) return { state, outcome: "replaced", diff: { ...diff, replaces: diff.properties } } as const;
      return { state, outcome: outcomeOf(old, diff), diff };
    }
    if (!registration.isCustom) {
      this.#providers.addComponent(urn, parent, registration.providers);
      const state = toState(urn, registration, undefined, "", inputs, type === STACK_TYPE ? {} : inputs);
      const diff = diffOf(old, inputs);
      return { state, outcome: outcomeOf(old, diff), diff };
    }
    return stepResource(urn, registration, await this.#providers.find(type, registration), old, {
      isPreview: this.#options.isPreview,
      begin: (action) => {
        // After a failure, registrations that were already sent are still checked, so that all mistakes are reported
        // at once, but nothing more is made.
        if (this.#inFlight.isFailing) throw new AbandonedError();
        this.#emit(urn, action);
      },
      deletedBy: (state) => this.#journal.deletedBy(state),
      deleteNow: (state) => deleteFirst(state, this.#journal, this.#options.isPreview),
      warn: (warnings) => this.#warnings.add(urn, warnings),
      deleteLater: (state) => this.#journal.deleteLater(state),
    });
  }

  async #deleteLeftover(): Promise<void> {
    const leftover = this.#journal.leftover();
    for (const state of leftover) {
      if (state.isProtected && this.#journal.isUnregistered(state)) {
        this.#inFlight.add({ urn: state.urn, message: protectedMessage(state.urn) });
      }
    }
    for (const state of leftover) {
      if (this.#inFlight.isFailing) return;
      const isUnregistered = this.#journal.isUnregistered(state);
      if (isUnregistered) this.#emit(state.urn, "deleting");
      try {
        if (!this.#options.isPreview && !this.#journal.deletedBy(state)) await deleteResource(state);
        this.#journal.forget(state);
        if (isUnregistered) this.#emit(state.urn, "deleted");
      } catch (error) {
        this.#inFlight.fail(state.urn, error);
        this.#emit(state.urn, "failed");
      }
    }
  }

  #endHang(watch: HangWatch): void {
    if (this.#waitingForStacks > 0) this.#inFlight.progress();
    const hang = watch.look({ steps: this.#inFlight.steps, ...activityOf(this.#program?.pid) });
    if (hang === undefined) return;
    const open = this.#inFlight.open.join(", ");
    const seconds = Math.round(this.#options.hangLimitMs / 1000);
    const idle = open ? `${open} has not finished` : "the program made no call";
    const what = hang === Hang.Busy && !open ? "the program computed without a call" : idle;
    this.#inFlight.add({ message: `${what} for ${seconds} s: stopped it` });
    this.#inFlight.abandon();
  }

  #say(source: "stdout" | "stderr", text: string): void {
    this.#inFlight.progress();
    if (source === "stderr") this.#stderr.push(text);
    this.#options.onOutput(text, { stack: this.#options.stack, source, severity: "info" });
  }

  #emit(urn: string, action: EngineEvent["action"], diff: PropertyDiff = noDiff): void {
    const event = { stack: this.#options.stack, urn, ...typeAndName(urn), action };
    this.#options.onEvent(diff.properties.length > 0 ? { ...event, diff } : event);
  }
}

function unanswered(): Promise<never> {
  return new Promise(() => {});
}
