import * as pulumi from "@pulumi/pulumi";
import { mockCalls, mockStates } from "./mock-states.ts";
import { unwatchedPromises } from "./unwatched-promises.ts";

unwatchedPromises();

/** A registered resource: inputs resolved, secrets unwrapped. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** False for components and the stack. */
  readonly isCustom: boolean;
  /** Whether an input, or a part of one, was a secret. */
  readonly hasSecret: boolean;
  /** Logical name of the parent, "" at the top. */
  readonly parent: string;
  readonly retainOnDelete: boolean;
  readonly isProtected: boolean;
  /** Logical names of its dependencies, by inputs or `dependsOn`. */
  readonly dependsOn: readonly string[];
  /** Names of its parents in earlier versions of the program, from its aliases. */
  readonly formerParents: readonly string[];
}

/** The recording of a program. */
export interface Recording<T> {
  /** The body's result. */
  readonly result: T;
  readonly registrations: readonly Registration[];
  /** Without components and the stack. */
  readonly resources: readonly Registration[];
  /** Tokens of the called provider functions. */
  readonly calls: readonly string[];
  /** The registrations of one type, such as `aws:kinesis/stream:Stream`. */
  of(type: string): readonly Registration[];
  /** The custom resource with this name; throws when there is none, or more than one. */
  named(name: string): Registration;
}

export interface RecordOptions {
  /** @default "111111111111" */
  readonly accountId?: string;
  /** @default "us-east-1" */
  readonly region?: string;
  /** @default "test" */
  readonly stack?: string;
  /** Keys with their namespace; values are text, like the engine's. @default none */
  readonly config?: Readonly<Record<string, string>>;
  readonly secretKeys?: readonly string[];
  /** Outputs of other stacks, by full name. @default none */
  readonly stackOutputs?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Overrides computed outputs, by logical name. @default none */
  readonly states?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const SECRET_SIGNATURE = "4dabf18193072939515e22adb298388d";
const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/**
 * Runs a program, or a part of one, against mocks, and returns the recording after the last registration.
 *
 * @throws the body's error; else an Error that lists the types and functions unknown to the mocks
 */
export async function record<T>(body: () => T | Promise<T>, options: RecordOptions = {}): Promise<Recording<T>> {
  const { outcome, registrations, calls, unknown } = await run(body, options);
  if ("error" in outcome) throw outcome.error;
  if (unknown.size > 0) throw new Error(`the mocks do not know ${[...unknown].join(", ")}`);

  const resources = registrations.filter((each) => each.isCustom);
  return {
    result: outcome.value,
    registrations,
    resources,
    calls,
    of: (type) => registrations.filter((each) => each.type === type),
    named(name) {
      const [found, second] = resources.filter((each) => each.name === name);
      if (found === undefined)
        throw new Error(`no resource "${name}" among ${resources.map((each) => each.name).join(", ")}`);
      if (second !== undefined) throw new Error(`two resources "${name}"`);
      return found;
    },
  };
}

/** A refused body: the lines of the error's message, and the resources registered until then, without components. */
export interface Refusal {
  readonly lines: readonly string[];
  /** Whether both engines print the message without a stack. */
  readonly isWithoutStack: boolean;
  readonly resources: readonly Registration[];
}

/** Runs a body that is expected to be refused. */
export async function refusal(body: () => unknown, options: RecordOptions = {}): Promise<Refusal> {
  const { outcome, registrations } = await run(body, options);
  if (!("error" in outcome) || !(outcome.error instanceof Error)) throw new Error("it was expected to be refused");
  const { error } = outcome;
  return {
    lines: error.message.split("\n"),
    isWithoutStack: pulumi.RunError.isInstance(error) || (error as { hideStack?: boolean }).hideStack === true,
    resources: registrations.filter((each) => each.isCustom),
  };
}

async function run<T>(body: () => T | Promise<T>, options: RecordOptions) {
  const surroundings = { accountId: options.accountId ?? "111111111111", region: options.region ?? "us-east-1" };
  const registrations: Registration[] = [];
  const calls: string[] = [];
  const unknown = new Set<string>();
  const requests = new Map<string, RegistrationRequest>();

  await pulumi.runtime.setMocks(
    {
      newResource(args) {
        const { plain, hasSecret } = unwrap(args.inputs);
        const inputs = plain as Record<string, unknown>;
        registrations.push({
          type: args.type,
          name: args.name,
          inputs,
          isCustom: args.custom === true && args.type !== STACK_REFERENCE,
          hasSecret,
          ...described(requests.get(`${args.type} ${args.name}`)),
        });
        if (args.type === STACK_REFERENCE)
          return { id: args.name, state: { ...inputs, outputs: options.stackOutputs?.[String(inputs["name"])] ?? {} } };
        const stateOf = mockStates[args.type];
        if (stateOf === undefined && (args.custom === true || !/^(tributary|pulumi):/.test(args.type)))
          unknown.add(args.type);
        const given = inputs["name"] ?? inputs["bucket"];
        const physicalName = typeof given === "string" ? given : `${args.name}-1a2b3c4`;
        const computed = stateOf?.({ ...surroundings, logicalName: args.name, inputs }, physicalName) ?? {};
        return {
          id: typeof computed["id"] === "string" ? computed["id"] : `${args.name}-id`,
          // Unchanged, with its secrets: an output of a secret input is secret.
          state: { ...args.inputs, ...computed, ...options.states?.[args.name] },
        };
      },
      call(args) {
        calls.push(args.token);
        const call = mockCalls[args.token];
        if (call === undefined) unknown.add(args.token);
        return call?.(surroundings) ?? {};
      },
    },
    "tributary",
    options.stack ?? "test",
    false,
    "organization",
  );
  noteRequests(requests);
  pulumi.runtime.setAllConfig({ ...options.config }, [...(options.secretKeys ?? [])]);

  const outcome = await settled(body);
  await pulumi.runtime.disconnect();
  return { outcome, registrations, calls, unknown };
}

/** The value of an output. */
export function resolved<T>(output: pulumi.Input<T>): Promise<T> {
  return new Promise((resolve) => pulumi.output(output).apply((value) => resolve(value as T)));
}

/** The statements of a policy that was given as JSON text. */
export function statementsOf(policy: unknown): Record<string, unknown>[] {
  const parsed = JSON.parse(String(policy)) as { Version: string; Statement: Record<string, unknown>[] };
  if (parsed.Version !== "2012-10-17") throw new Error(`a policy of version ${parsed.Version}`);
  return parsed.Statement;
}

async function settled<T>(body: () => T | Promise<T>): Promise<{ value: T } | { error: unknown }> {
  try {
    return { value: await body() };
  } catch (error) {
    return { error };
  }
}

/** Parts of a registration besides its inputs. Mocks do not get them, so they are recorded before. */
interface RegistrationRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getDependenciesList(): string[];
  getAliasesList(): { getSpec(): { getParenturn(): string } | undefined }[];
}

function noteRequests(requests: Map<string, RegistrationRequest>): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    registerResource(request: RegistrationRequest, callback: unknown): Promise<void>;
  };
  const original = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    requests.set(`${request.getType()} ${request.getName()}`, request);
    return original(request, callback);
  };
}

function described(request: RegistrationRequest | undefined) {
  return {
    parent: nameOf(request?.getParent() ?? ""),
    retainOnDelete: request?.getRetainondelete() ?? false,
    isProtected: request?.getProtect() ?? false,
    dependsOn: (request?.getDependenciesList() ?? []).map(nameOf),
    formerParents: (request?.getAliasesList() ?? [])
      .map((alias) => alias.getSpec()?.getParenturn() ?? "")
      .filter((urn) => urn !== "" && urn !== request?.getParent())
      .map(nameOf),
  };
}

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}

function unwrap(value: unknown): { plain: unknown; hasSecret: boolean } {
  if (Array.isArray(value)) {
    const parts = value.map(unwrap);
    return { plain: parts.map((part) => part.plain), hasSecret: parts.some((part) => part.hasSecret) };
  }
  if (
    typeof value !== "object" ||
    value === null ||
    pulumi.asset.Asset.isInstance(value) ||
    pulumi.asset.Archive.isInstance(value)
  )
    return { plain: value, hasSecret: false };
  if (SECRET_SIGNATURE in value) return { plain: unwrap((value as { value?: unknown }).value).plain, hasSecret: true };
  const parts = Object.entries(value).map(([key, each]) => [key, unwrap(each)] as const);
  return {
    plain: Object.fromEntries(parts.map(([key, part]) => [key, part.plain])),
    hasSecret: parts.some(([, part]) => part.hasSecret),
  };
}
