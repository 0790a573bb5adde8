import { AwsError } from "../../../kernel/errors.ts";
import { placeOf } from "../../../kernel/place.ts";
import type { Ports } from "../../../kernel/ports.ts";
import { RoleSession } from "../role-session.ts";
import type { StreamEntry } from "./batch.ts";
import { type DeliveryContext, deliver, recordLost, sendToDestination } from "./delivery.ts";
import { compileFilters, type RecordFilter } from "./filters/criteria.ts";
import type { MappedFunctions } from "./mapped-functions.ts";
import { NextLook } from "./next-look.ts";
import { type MappingSettings, MappingState, startingPositionOf } from "./settings.ts";
import { type Checkpoint, ShardConsumer } from "./shard-consumer.ts";
import { ShardSet } from "./shard-set.ts";
import { SourceReader } from "./source-reader.ts";
import { Turns } from "./turns.ts";

/**
 * One event source mapping: reads a stream's shards as the function's role and invokes the function with their records.
 * A disabled mapping keeps its position, and resumes there.
 */
export class EventSourceMapping {
  readonly uuid: string;
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
  tags: Readonly<Record<string, string>>;
  readonly #functions: MappedFunctions;
  readonly #ports: Ports;
  readonly #source: SourceReader;
  readonly #role: RoleSession;
  readonly #delivery: DeliveryContext;
  readonly #shards: ShardSet;
  #settings: MappingSettings;
  #filter: RecordFilter;
  #state: MappingState = MappingState.Disabled;
  #stateTransitionReason = "User action";
  #lastProcessingResult = "No records processed";
  #lastModified: number;
  #unsubscribe: (() => void) | undefined;
  readonly #nextLook: NextLook;
  #lostRecords = 0;
  /** Starts and stops. */
  readonly #turns: Turns;

  constructor(
    functions: MappedFunctions,
    options: { uuid: string; arn: string; settings: MappingSettings; tags: Readonly<Record<string, string>> },
  ) {
    const { accountId, region } = placeOf(options.arn);
    const { ports } = functions;
    this.#functions = functions;
    this.uuid = options.uuid;
    this.arn = options.arn;
    this.region = region;
    this.accountId = accountId;
    this.tags = options.tags;
    this.#ports = ports;
    this.#turns = new Turns(ports.clock);
    this.#nextLook = new NextLook(ports.clock, () => this.#lookForShards());
    this.#settings = options.settings;
    this.#source = new SourceReader(ports, options.settings.eventSourceArn, () => this.#role.principal());
    this.#filter = compileFilters(options.settings.filterPatterns, this.#source.service);
    this.#lastModified = ports.clock.now();
    this.#role = new RoleSession(ports, `awslambda-${options.uuid}`, () => this.#roleSource());
    this.#delivery = {
      ports,
      functions,
      uuid: this.uuid,
      accountId,
      region,
      settings: () => this.#settings,
      principal: () => this.#role.principal(),
    };
    this.#shards = new ShardSet({
      listShards: () => this.#source.listShards(),
      makeConsumer: (shardId, checkpoint, onFinished) => this.#makeConsumer(shardId, checkpoint, onFinished),
      startingPosition: () => startingPositionOf(this.#settings),
      lost: (shardId, entries) => this.#lost(shardId, entries),
      onShardsWanted: () => this.#lookForShards(),
    });
  }

  get settings(): MappingSettings {
    return this.#settings;
  }

  get state(): MappingState {
    return this.#state;
  }

  get stateTransitionReason(): string {
    return this.#stateTransitionReason;
  }

  /** `OK`, `No records processed`, or `PROBLEM: …`. */
  get lastProcessingResult(): string {
    return this.#lastProcessingResult;
  }

  /** Cloud time, milliseconds since the epoch. */
  get lastModified(): number {
    return this.#lastModified;
  }

  /** Records that passed the stream's retention before they were delivered. */
  get lostRecords(): number {
    return this.#lostRecords;
  }

  /**
   * Starts reading, or resumes. Resolves once the mapping has an iterator in every shard; throws AwsError when the
   * stream cannot be read.
   */
  enable(): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#state === MappingState.Enabled) return;
      this.#changed(MappingState.Enabled, "User action");
      try {
        await this.#start();
      } catch (error) {
        await this.#stop();
        this.#changed(MappingState.Disabled, error instanceof Error ? error.message : String(error));
        throw error;
      }
    });
  }

  /** Stops reading. Resolves when the invocations in flight have ended and their checkpoints are set. */
  disable(reason: string): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#state === MappingState.Disabled) return;
      this.#changed(MappingState.Disabled, reason);
      await this.#stop();
    });
  }

  /** Stops while the function does not exist; the state is unchanged, as on AWS. */
  pause(): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#state === MappingState.Disabled) return;
      await this.#stop();
      this.#listen();
    });
  }

  /** Resumes: the function exists again. */
  resume(): Promise<void> {
    return this.#turns.take(async () => {
      this.#role.forget();
      await this.#startOrLookLater();
    });
  }

  /** Continues with other settings, from the current position. */
  update(settings: MappingSettings): Promise<void> {
    return this.#turns.take(async () => {
      const isRunning = this.#state === MappingState.Enabled;
      if (isRunning) await this.#stop();
      this.#settings = settings;
      this.#filter = compileFilters(settings.filterPatterns, this.#source.service);
      this.#lastModified = this.#ports.clock.now();
      this.#role.forget();
      if (isRunning) await this.#startOrLookLater();
    });
  }

  /** Drops the position: an enabled mapping begins again at its starting position. */
  restart(): void {
    this.#lastProcessingResult = "No records processed";
    this.#lostRecords = 0;
    this.#stopLooking();
    const ended = this.#shards.reset();
    void this.#turns.take(async () => {
      await ended;
      // A start that was in progress may have opened shards again, from before the reset.
      this.#stopLooking();
      await this.#shards.reset();
      await this.#startOrLookLater();
    });
  }

  /** Stops for good. */
  close(): Promise<void> {
    return this.#turns.take(async () => {
      this.#changed(MappingState.Disabled, "User action");
      this.#stopLooking();
      await this.#shards.reset();
    });
  }

  /**
   * Whether everything in the stream is delivered or discarded; a mapping that is disabled or has no function counts as
   * caught up.
   */
  isCaughtUp(): boolean {
    if (this.#state === MappingState.Disabled || !this.#hasFunction()) return true;
    return this.#turns.isIdle && !this.#nextLook.isDue && this.#shards.isCaughtUp;
  }

  /** Records that are read but not yet delivered or discarded. */
  pendingRecords(): number {
    return this.#shards.pendingRecords;
  }

  #changed(state: MappingState, reason: string): void {
    this.#state = state;
    this.#stateTransitionReason = reason;
    this.#lastModified = this.#ports.clock.now();
  }

  async #startOrLookLater(): Promise<void> {
    if (this.#state !== MappingState.Enabled) return;
    await this.#start().catch((error: unknown) => this.#lookLater(error));
  }

  async #start(): Promise<void> {
    this.#listen();
    if (!this.#hasFunction()) {
      this.#lastProcessingResult = `PROBLEM: Function not found (${this.#settings.functionArn})`;
      return;
    }
    await this.#shards.refresh();
    this.#nextLook.succeeded();
    this.#wake();
  }

  #listen(): void {
    this.#unsubscribe ??= this.#ports.signals.subscribe(this.#settings.eventSourceArn, () => this.#wake());
  }

  #hasFunction(): boolean {
    return this.#functions.findFunction(this.#settings.functionArn) !== undefined;
  }

  async #stop(): Promise<void> {
    this.#stopLooking();
    await this.#shards.stop();
  }

  #stopLooking(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#nextLook.cancel();
  }

  #makeConsumer(shardId: string, checkpoint: Checkpoint, onFinished: () => void): ShardConsumer {
    return new ShardConsumer(
      {
        clock: this.#ports.clock,
        lane: {
          settings: () => this.#settings,
          deliver: async (batch) => {
            const { problem, ...rest } = await deliver(this.#delivery, shardId, batch);
            this.#lastProcessingResult = problem === undefined ? "OK" : `PROBLEM: Function call failed (${problem})`;
            return rest;
          },
          giveUp: (batch, condition) => sendToDestination(this.#delivery, shardId, batch, condition),
          retentionMs: () => this.#source.retentionMs(),
          lost: (entries) => this.#lost(shardId, entries),
        },
        getIterator: (position) => this.#source.getIterator(shardId, position),
        getRecords: (iterator) => this.#source.getRecords(shardId, iterator),
        onProblem: (message) => {
          this.#lastProcessingResult = `PROBLEM: ${message}`;
        },
        isWanted: (entry) => this.#filter(entry),
        isGone: () => this.#shards.isGone(shardId),
        onFinished,
      },
      checkpoint,
    );
  }

  #wake(): void {
    if (this.#shards.isEmpty && this.#turns.isIdle) this.#lookForShards();
    else this.#shards.wake();
  }

  /** Lists the stream's shards, until that succeeds. */
  #lookForShards(): void {
    void this.#turns.take(() => this.#startOrLookLater());
  }

  #lookLater(error: unknown): void {
    if (!(error instanceof AwsError)) throw error;
    this.#lastProcessingResult = `PROBLEM: ${error.message}`;
    this.#nextLook.after(error);
  }

  #lost(shardId: string, entries: readonly StreamEntry[]): void {
    this.#lostRecords += entries.length;
    recordLost(this.#delivery, shardId, entries);
  }

  #roleSource(): { roleArn: string; functionArn: string } {
    const { functionArn } = this.#settings;
    const fn = this.#functions.findFunction(functionArn);
    if (!fn) throw new AwsError("ResourceNotFoundException", `Function not found: ${functionArn}`, 404);
    return { roleArn: fn.settings.roleArn, functionArn };
  }
}
