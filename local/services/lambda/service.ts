import type { Cloud } from "../../cloud.ts";
import { AwsError } from "../../errors.ts";
import type { Operation, Service } from "../../service.ts";
import { CodeStore } from "./code-store.ts";
import { LambdaFunction } from "./function.ts";
import { type FunctionAddress, functionArn, parseFunctionAddress } from "./function-address.ts";
import type { FunctionSettings } from "./function-settings.ts";
import type { EventSourceMapping } from "./mappings/mapping.ts";
import { lambdaOperations } from "./operations.ts";
import { lambdaProtocol } from "./protocol.ts";
import { requireAssumableRole } from "./service-sessions.ts";

/** Lambda: functions that run in worker threads of this process, and event source mappings that feed them from streams. */
export class LambdaService implements Service {
  readonly name = "lambda";
  readonly protocol = lambdaProtocol;
  readonly accessDenied = { code: "AccessDeniedException", status: 403 } as const;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly cloud: Cloud;
  readonly #store = new CodeStore();
  readonly #functions = new Map<string, LambdaFunction>();
  readonly #mappings = new Map<string, EventSourceMapping>();

  constructor(cloud: Cloud) {
    this.cloud = cloud;
    this.operations = lambdaOperations(this);
  }

  /**
   * Makes a function; its role must exist and trust lambda.amazonaws.com.
   * @param options.files the deployment package: path → bytes.
   * @param options.verify further checks of the role, once it is known that Lambda can assume it.
   * @throws AwsError ResourceConflictException, InvalidParameterValueException.
   */
  async createFunction(options: {
    arn: string;
    settings: FunctionSettings;
    files: ReadonlyMap<string, Buffer>;
    verify?: () => void;
  }): Promise<LambdaFunction> {
    const { arn, settings } = options;
    const name = arn.split(":").at(-1) ?? "";
    const conflict = new AwsError("ResourceConflictException", `Function already exist: ${name}`, 409);
    if (this.#functions.has(arn)) throw conflict;
    requireAssumableRole(this.cloud, settings.roleArn, arn);
    options.verify?.();
    const code = await this.#store.deploy(name, options.files);
    if (this.#functions.has(arn)) throw conflict;
    const lambda = new LambdaFunction(this.cloud, this.#store, { name, arn, settings, code });
    this.#functions.set(arn, lambda);
    return lambda;
  }

  /** Changes a function's settings and, when `files` are given, its code. */
  async updateFunction(
    lambda: LambdaFunction,
    settings: FunctionSettings,
    files?: ReadonlyMap<string, Buffer>,
  ): Promise<void> {
    requireAssumableRole(this.cloud, settings.roleArn, lambda.arn);
    const code = files ? await this.#store.deploy(lambda.name, files) : lambda.code;
    await lambda.reconfigure(settings, code);
  }

  /** Removes a function; its event source mappings are disabled. */
  async deleteFunction(arn: string): Promise<void> {
    const lambda = this.#functions.get(arn);
    if (!lambda) return;
    this.#functions.delete(arn);
    await Promise.all(
      this.mappings()
        .filter((mapping) => mapping.settings.functionArn === arn)
        .map((mapping) => mapping.disable("Function was deleted")),
    );
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

  /** Adds a mapping; its owner starts it. */
  addMapping(mapping: EventSourceMapping): void {
    this.#mappings.set(mapping.uuid, mapping);
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
    for (const lambda of this.#functions.values()) void this.cloud.clock.holding(() => lambda.dropEnvironments());
    for (const mapping of this.#mappings.values()) mapping.restart();
  }

  async close(): Promise<void> {
    await Promise.all(this.mappings().map((mapping) => mapping.close()));
    await Promise.all([...this.#functions.values()].map((lambda) => lambda.close()));
    await this.#store.close();
  }
}
