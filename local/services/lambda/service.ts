import { randomUUID } from "node:crypto";
import { AwsError } from "../../kernel/errors.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { AuthorizationRequest, Operation, Service } from "../../kernel/service.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import { CodeStore } from "./code-store.ts";
import { faults } from "./faultable.ts";
import { LambdaFunction } from "./function.ts";
import { type FunctionAddress, functionArn, mappingArn, parseFunctionAddress } from "./function-address.ts";
import type { FunctionSettings } from "./function-settings.ts";
import { ACCOUNT_CONCURRENCY, MIN_UNRESERVED_CONCURRENCY } from "./limits.ts";
import { checkMapping } from "./mappings/check-mapping.ts";
import { EventSourceMapping } from "./mappings/mapping.ts";
import type { MappingSettings } from "./mappings/settings.ts";
import { lambdaOperations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { checkExecutionRole } from "./service-sessions.ts";
import { wire } from "./wire.ts";

/** Lambda: functions that run in worker threads of this process, and event source mappings that feed them from streams. */
export class LambdaService implements Service {
  readonly name = "lambda";
  readonly resourceTypes = withStore(resourceTypes, this);
  readonly wire = wire;
  readonly faults = faults;
  readonly conditionKeys = ["lambda:SourceFunctionArn"];
  readonly accessDenied = { code: "AccessDeniedException", status: 403 } as const;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly ports: Ports;
  readonly #store = new CodeStore();
  readonly #functions = new Map<string, LambdaFunction>();
  readonly #mappings = new Map<string, EventSourceMapping>();

  constructor(ports: Ports) {
    this.ports = ports;
    this.operations = lambdaOperations(this);
    ports.crashes.onCrash((functionName) => {
      const lost = this.functions().filter(({ name }) => name === functionName);
      for (const lambda of lost) void ports.clock.holding(() => lambda.dropEnvironments());
    });
  }

  /**
   * Makes a function; its role must exist and trust lambda.amazonaws.com. Mappings that an earlier function of this name left go on.
   * @param options.files the deployment package: path → bytes.
   * @throws AwsError ResourceConflictException, InvalidParameterValueException.
   */
  async createFunction(options: {
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
    const code = await this.#store.deploy(name, options.files);
    if (this.#functions.has(arn)) throw conflict;
    const made = { name, arn, settings, code, reservedConcurrentExecutions, tags };
    const lambda = new LambdaFunction(this.ports, this.#store, made);
    this.#functions.set(arn, lambda);
    await Promise.all(this.#mappingsOf(arn).map((mapping) => mapping.resume()));
    return lambda;
  }

  /** Changes settings (those that are given), code, or both at once. Throws AwsError, and has changed nothing then. */
  async updateFunction(
    lambda: LambdaFunction,
    change: {
      readonly settings?: Partial<FunctionSettings> | undefined;
      readonly files?: ReadonlyMap<string, Buffer> | undefined;
    },
  ): Promise<void> {
    if (!change.settings && !change.files) return;
    const wanted = { ...lambda.settings, ...change.settings };
    const isOtherRole = wanted.roleArn !== lambda.settings.roleArn;
    if (isOtherRole || wanted.tracingMode !== lambda.settings.tracingMode) {
      checkExecutionRole(this.ports, lambda.arn, wanted);
    }
    const code = change.files && (await this.#store.deploy(lambda.name, change.files));
    await lambda.reconfigure({ ...lambda.settings, ...change.settings }, code ?? lambda.code);
  }

  /** Keeps executions for a function alone, or (undefined) no longer. Throws AwsError when too few are left for the others. */
  reserveConcurrency(lambda: LambdaFunction, count: number | undefined): void {
    this.#checkReservation(lambda.arn, count);
    lambda.reservedConcurrentExecutions = count;
  }

  /** Removes a function. As on AWS, its event source mappings stay; they read nothing until there is a function of this name again. */
  async deleteFunction(arn: string): Promise<void> {
    const lambda = this.#functions.get(arn);
    if (!lambda) return;
    this.#functions.delete(arn);
    await Promise.all(this.#mappingsOf(arn).map((mapping) => mapping.pause()));
    await lambda.close();
  }

  /** The function with this ARN, or undefined. */
  findFunction(arn: string): LambdaFunction | undefined {
    return this.#functions.get(arn);
  }

  /** The function that a caller means. Throws ResourceNotFoundException. */
  requireFunction(address: FunctionAddress): LambdaFunction {
    const arn = functionArn(address);
    const lambda = this.#functions.get(arn);
    if (!lambda) throw new AwsError("ResourceNotFoundException", `Function not found: ${arn}`, 404);
    return lambda;
  }

  /** What IAM is asked for an action on a function, with the function's own policy. @param action without `lambda:`. */
  authorize(action: string, address: FunctionAddress): AuthorizationRequest {
    const resource = functionArn(address);
    const resourcePolicy = this.#functions.get(resource)?.policy.document;
    return { action: `lambda:${action}`, resource, ...(resourcePolicy && { resourcePolicy }) };
  }

  /** ARN of the function that a caller in `home` names, by its name or an ARN. */
  arnOf(name: string, home: { accountId: string; region: string }): string {
    return functionArn(this.address(name, home));
  }

  /** All functions, or those of one account and region, by name. */
  functions(home?: { accountId: string; region: string }): readonly LambdaFunction[] {
    return [...this.#functions.values()]
      .filter((lambda) => !home || (lambda.accountId === home.accountId && lambda.region === home.region))
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  /** Reads a function's name or ARN as a caller in `home` writes it. */
  address(text: string, home: { accountId: string; region: string }, qualifier?: string): FunctionAddress {
    return parseFunctionAddress(text, home, qualifier);
  }

  /**
   * Makes a mapping, and starts it when it is enabled.
   * @param home account and region of the mapping and of its function.
   * @throws AwsError InvalidParameterValueException, ResourceConflictException.
   */
  async createMapping(
    home: { readonly accountId: string; readonly region: string },
    wanted: {
      readonly settings: MappingSettings;
      readonly isEnabled: boolean;
      readonly tags: Readonly<Record<string, string>>;
    },
  ): Promise<EventSourceMapping> {
    const { settings, tags } = wanted;
    const uuid = randomUUID();
    checkMapping(this, settings, uuid);
    const mapping = new EventSourceMapping(this, { uuid, arn: mappingArn(uuid, home), settings, tags });
    this.#mappings.set(uuid, mapping);
    try {
      if (wanted.isEnabled) await enable(mapping);
    } catch (error) {
      await this.deleteMapping(uuid);
      throw error;
    }
    return mapping;
  }

  /** Changes settings (those that are given), and whether a mapping reads; it keeps its place. Throws AwsError. */
  async updateMapping(
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

  /** The mapping with this UUID, or undefined. */
  findMapping(uuid: string): EventSourceMapping | undefined {
    return this.#mappings.get(uuid);
  }

  /** Ends a mapping: what it had read and not delivered is left to the stream. */
  async deleteMapping(uuid: string): Promise<void> {
    const mapping = this.#mappings.get(uuid);
    this.#mappings.delete(uuid);
    await mapping?.close();
  }

  /** All mappings, in the order in which they were made. */
  mappings(): readonly EventSourceMapping[] {
    return [...this.#mappings.values()];
  }

  /** What of its account's concurrency a function may keep for itself. */
  #checkReservation(arn: string, count: number | undefined): void {
    if (count === undefined) return;
    const [, , , region = "", accountId = ""] = arn.split(":");
    const others = this.functions({ accountId, region }).filter((lambda) => lambda.arn !== arn);
    const kept = others.reduce((sum, lambda) => sum + (lambda.reservedConcurrentExecutions ?? 0), 0);
    if (ACCOUNT_CONCURRENCY - kept - count >= MIN_UNRESERVED_CONCURRENCY) return;
    throw new AwsError(
      "InvalidParameterValueException",
      `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${MIN_UNRESERVED_CONCURRENCY}].`,
    );
  }

  #mappingsOf(arn: string): readonly EventSourceMapping[] {
    return this.mappings().filter((mapping) => mapping.settings.functionArn === arn);
  }

  /** Whether every enabled mapping has delivered all that its stream holds. */
  isCaughtUp(): boolean {
    return this.mappings().every((mapping) => mapping.isCaughtUp());
  }

  /** How many records each mapping has read and not delivered yet, by UUID. */
  pendingRecords(): ReadonlyMap<string, number> {
    return new Map(this.mappings().map((mapping) => [mapping.uuid, mapping.pendingRecords()]));
  }

  /** Ends warm environments, and sets every mapping back to its starting position. */
  emptyData(): void {
    for (const lambda of this.#functions.values()) void this.ports.clock.holding(() => lambda.dropEnvironments());
    for (const mapping of this.#mappings.values()) mapping.restart();
  }

  async close(): Promise<void> {
    const functions = [...this.#functions.values()];
    const ended = Promise.all(this.mappings().map((mapping) => mapping.close()));
    // A mapping ends with its invocation. One whose calls reach nobody any more would try again until its timeout.
    await Promise.all(functions.map((lambda) => lambda.dropEnvironments()));
    await ended;
    await Promise.all(functions.map((lambda) => lambda.close()));
    await this.#store.close();
  }
}

/** What a stream that is not there looks like to CreateEventSourceMapping. */
async function enable(mapping: EventSourceMapping): Promise<void> {
  try {
    await mapping.enable();
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "ResourceNotFoundException") throw error;
    throw new AwsError("InvalidParameterValueException", `Stream not found: ${mapping.settings.eventSourceArn}`);
  }
}
