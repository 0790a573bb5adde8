import { AwsError } from "../../../kernel/errors.ts";
import { placeOf } from "../../../kernel/place.ts";
import type { Ports } from "../../../kernel/ports.ts";
import type { Principal } from "../../../kernel/principal.ts";
import {
  type ListedShard,
  type Position,
  type ReadResult,
  type StreamCaller,
  type StreamSource,
  streamSourceOf,
} from "./stream-source.ts";

/** A mapping's stream, read as the function's role. Its methods throw AwsError. */
export class SourceReader {
  readonly service: StreamSource["service"];
  readonly #ports: Ports;
  readonly #source: StreamSource;
  readonly #arn: string;
  readonly #principal: () => Principal;

  constructor(ports: Ports, arn: string, principal: () => Principal) {
    this.#ports = ports;
    this.#source = streamSourceOf(arn);
    this.service = this.#source.service;
    this.#arn = arn;
    this.#principal = principal;
  }

  async listShards(): Promise<readonly ListedShard[]> {
    return this.#source.listShards(this.#caller(), this.#arn);
  }

  async getIterator(shardId: string, position: Position): Promise<string> {
    return this.#source.getIterator(this.#caller(), this.#arn, shardId, position);
  }

  async getRecords(shardId: string, iterator: string): Promise<ReadResult> {
    return this.#source.getRecords(this.#caller(), this.#arn, shardId, iterator);
  }

  /** The stream's retention in milliseconds; unlimited while the stream does not answer. */
  async retentionMs(): Promise<number> {
    try {
      return await this.#source.retentionMs(this.#caller(), this.#arn);
    } catch (error) {
      if (error instanceof AwsError) return Number.POSITIVE_INFINITY;
      throw error;
    }
  }

  #caller(): StreamCaller {
    return { ports: this.#ports, principal: this.#principal(), ...placeOf(this.#arn) };
  }
}
