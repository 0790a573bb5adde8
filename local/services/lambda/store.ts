import { randomUUID } from "node:crypto";
import { AwsError } from "../../kernel/errors.ts";
import { type Place, placeOf } from "../../kernel/place.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { AuthorizationRequest } from "../../kernel/service.ts";
import { CodeStore } from "./code-store.ts";
import { checkExecutionRole } from "./execution-role.ts";
import { LambdaFunction } from "./function.ts";
import { type FunctionAddress, functionArn, mappingArn, parseFunctionAddress } from "./function-address.ts";
import type { FunctionSettings } from "./function-settings.ts";
import { ACCOUNT_CONCURRENCY, MIN_UNRESERVED_CONCURRENCY } from "./limits.ts";
import { checkMapping } from "./mappings/check-mapping.ts";
import { EventSourceMapping } from "./mappings/mapping.ts";
import type { MappingSettings } from "./mappings/settings.ts";

/** All functions, which run in worker threads of this process, and all event source mappings. */
export class LambdaStore {
  readonly ports: Ports;
  readonly #code = new CodeStore();
  readonly #functions = new Map<string, LambdaFunction>();
  readonly #mappings = new Map<string, EventSourceMapping>();

  constructor(ports: Ports) {
    this.ports = ports;
    ports.crashes.onCrash((functionName) => {
      const lost = this.listFunctions().filter(({ name }) => name === functionName);
      for (const fn of lost) void ports.clock.holding(() => fn.dropEnvironments());
    });
  }

  /**
   * Adds a function. Its role must exist and trust lambda.amazonaws.com. Mappings of a deleted function of the same
   * name resume.
   * @param options.files the deployment package: path → bytes.
   * @throws AwsError ResourceConflictException, InvalidParameterValueException.
   */
  async addFunction(options: {
    readonly arn: string;
    readonly settings: FunctionSettings;
    readonly files: ReadonlyMap<string, Buffer>;
    readonly reservedConcurrentExecutions?: number | undefined;
    readonly tags?: Readonly<Record<string, string>>;
  }): Promise<LambdaFunction> {
    const { arn, settings, reservedConcurrentExecutions, tags = {} } = options;
    const name = arn.split(":").at(-1) ?? "";
    const conflict = new AwsError("ResourceConflictException", `Function already exist: ${name}`, 409);
    if (this.#functions.has(arn)) throw conflict;
    checkExecutionRole(this.ports, arn, settings);
    this.#checkReservation(arn, reservedConcurrentExecutions);
    const code = await this.#code.deploy(name, options.files);
    if (this.#functions.has(arn)) throw conflict;
    const made = { name, arn, settings, code, reservedConcurrentExecutions, tags };
    const fn = new LambdaFunction(this.ports, this.#code, made);
    this.#functions.set(arn, fn);
    await Promise.all(this.#mappingsOf(arn).map((mapping) => mapping.resume()));
    return fn;
  }

  /** Changes settings, code, or both at once. Throws AwsError, and then has changed nothing. */
  async changeFunction(
    fn: LambdaFunction,
    change: {
      readonly settings?: Partial<FunctionSettings> | undefined;
      readonly files?: ReadonlyMap<string, Buffer> | undefined;
    },
  ): Promise<void> {
    if (!change.settings && !change.files) return;
    const wanted = { ...fn.settings, ...change.settings };
    const isOtherRole = wanted.roleArn !== fn.settings.roleArn;
    if (isOtherRole || wanted.tracingMode !== fn.settings.tracingMode) {
      checkExecutionRole(this.ports, fn.arn, wanted);
    }
    const code = change.files && (await this.#code.deploy(fn.name, change.files));
    await fn.reconfigure({ ...fn.settings, ...change.settings }, code ?? fn.code);
  }

  /**
   * Sets the reserved concurrency; undefined removes it. Throws AwsError when the unreserved concurrency would be too
   * low.
   */
  reserveConcurrency(fn: LambdaFunction, count: number | undefined): void {
    this.#checkReservation(fn.arn, count);
    fn.reservedConcurrentExecutions = count;
  }

  /**
   * Removes a function. Its event source mappings remain, as on AWS, and pause until a function of this name exists
   * again.
   */
  async removeFunction(arn: string): Promise<void> {
    const fn = this.#functions.get(arn);
    if (!fn) return;
    this.#functions.delete(arn);
    await Promise.all(this.#mappingsOf(arn).map((mapping) => mapping.pause()));
    await fn.close();
  }

  /** The function with this ARN, or undefined. */
  findFunction(arn: string): LambdaFunction | undefined {
    return this.#functions.get(arn);
  }

  /** The function with this address. Throws ResourceNotFoundException. */
  requireFunction(address: FunctionAddress): LambdaFunction {
    const arn = functionArn(address);
    const fn = this.#functions.get(arn);
    if (!fn) throw new AwsError("ResourceNotFoundException", `Function not found: ${arn}`, 404);
    return fn;
  }

  /** IAM's request for an action on a function, with its resource policy. @param action without `lambda:`. */
  authorize(action: string, address: FunctionAddress): AuthorizationRequest {
    const resource = functionArn(address);
    const resourcePolicy = this.#functions.get(resource)?.policy.document;
    return { action: `lambda:${action}`, resource, ...(resourcePolicy && { resourcePolicy }) };
  }

  /** ARN of a function, from its name or ARN. */
  arnOf(name: string, place: Place): string {
    return functionArn(this.address(name, place));
  }

  /** The functions of an account and region, sorted by name; without a place, all. */
  listFunctions(place?: Place): readonly LambdaFunction[] {
    return [...this.#functions.values()]
      .filter((fn) => !place || isIn(place, fn))
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  /** Parses a function's name or ARN. @param place of the caller, for a name alone. */
  address(text: string, place: Place, qualifier?: string): FunctionAddress {
    return parseFunctionAddress(text, place, qualifier);
  }

  /**
   * Adds an event source mapping, and starts it when it is enabled.
   * @param place account and region of the mapping and of its function.
   * @throws AwsError InvalidParameterValueException, ResourceConflictException.
   */
  async addMapping(
    place: Place,
    wanted: {
      readonly settings: MappingSettings;
      readonly isEnabled: boolean;
      readonly tags: Readonly<Record<string, string>>;
    },
  ): Promise<EventSourceMapping> {
    const { settings, tags } = wanted;
    const uuid = randomUUID();
    checkMapping(this, settings, uuid);
    const mapping = new EventSourceMapping(this, { uuid, arn: mappingArn(uuid, place), settings, tags });
    this.#mappings.set(uuid, mapping);
    try {
      if (wanted.isEnabled) await enable(mapping);
    } catch (error) {
      await this.removeMapping(uuid);
      throw error;
    }
    return mapping;
  }

  /** Changes settings, or enables or disables a mapping, which keeps its position in the stream. Throws AwsError. */
  async changeMapping(
    mapping: EventSourceMapping,
    change: { readonly settings?: Partial<MappingSettings> | undefined; readonly isEnabled?: boolean | undefined },
  ): Promise<void> {
    const { isEnabled } = change;
    const settings = { ...mapping.settings, ...change.settings };
    if (change.settings) checkMapping(this, settings, mapping.uuid);
    if (isEnabled === false) await mapping.disable("User action");
    if (change.settings) await mapping.update(settings);
    if (isEnabled) await enable(mapping);
  }

  /** The mapping with this UUID, in an account and region if one is given; or undefined. */
  findMapping(uuid: string, place?: Place): EventSourceMapping | undefined {
    const mapping = this.#mappings.get(uuid);
    return mapping && (!place || isIn(place, mapping)) ? mapping : undefined;
  }

  /** Removes a mapping. Undelivered records stay in the stream. */
  async removeMapping(uuid: string): Promise<void> {
    const mapping = this.#mappings.get(uuid);
    this.#mappings.delete(uuid);
    await mapping?.close();
  }

  /** All mappings, in order of creation; with a place, those of an account and region. */
  listMappings(place?: Place): readonly EventSourceMapping[] {
    return [...this.#mappings.values()].filter((mapping) => !place || isIn(place, mapping));
  }

  /** The mapping with this UUID in an account and region. Throws ResourceNotFoundException. */
  requireMapping(uuid: string, place: Place): EventSourceMapping {
    const mapping = this.findMapping(uuid, place);
    if (mapping) return mapping;
    throw new AwsError("ResourceNotFoundException", "The resource you requested does not exist.", 404);
  }

  /** Reserved concurrency must leave the account its unreserved minimum. */
  #checkReservation(arn: string, count: number | undefined): void {
    if (count === undefined) return;
    const others = this.listFunctions(placeOf(arn)).filter((fn) => fn.arn !== arn);
    const kept = others.reduce((sum, fn) => sum + (fn.reservedConcurrentExecutions ?? 0), 0);
    if (ACCOUNT_CONCURRENCY - kept - count >= MIN_UNRESERVED_CONCURRENCY) return;
    throw new AwsError(
      "InvalidParameterValueException",
      `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${MIN_UNRESERVED_CONCURRENCY}].`,
    );
  }

  #mappingsOf(arn: string): readonly EventSourceMapping[] {
    return this.listMappings().filter((mapping) => mapping.settings.functionArn === arn);
  }

  /** Whether every enabled mapping has delivered all records of its stream. */
  isCaughtUp(): boolean {
    return this.listMappings().every((mapping) => mapping.isCaughtUp());
  }

  /** Records that each mapping has read and not delivered yet, by UUID. */
  pendingRecords(): ReadonlyMap<string, number> {
    return new Map(this.listMappings().map((mapping) => [mapping.uuid, mapping.pendingRecords()]));
  }

  /** Resets every mapping to its starting position. Execution environments stay warm. */
  emptyData(): void {
    for (const mapping of this.#mappings.values()) mapping.restart();
  }

  /** Ends every execution environment, with the invocations in flight. */
  endEnvironments(): void {
    for (const fn of this.#functions.values()) void this.ports.clock.holding(() => fn.dropEnvironments());
  }

  async close(): Promise<void> {
    const functions = [...this.#functions.values()];
    const ended = Promise.all(this.listMappings().map((mapping) => mapping.close()));
    // A mapping stops only after its invocation; without its environment that ends now instead of after retries until
    // its timeout.
    await Promise.all(functions.map((fn) => fn.dropEnvironments()));
    await ended;
    await Promise.all(functions.map((fn) => fn.close()));
    await this.#code.close();
  }
}

function isIn(place: Place, { accountId, region }: Place): boolean {
  return accountId === place.accountId && region === place.region;
}

/** Enables a mapping; a missing stream is CreateEventSourceMapping's own error. */
async function enable(mapping: EventSourceMapping): Promise<void> {
  try {
    await mapping.enable();
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "ResourceNotFoundException") throw error;
    throw new AwsError("InvalidParameterValueException", `Stream not found: ${mapping.settings.eventSourceArn}`);
  }
}
