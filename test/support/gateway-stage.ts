import * as pulumi from "@pulumi/pulumi";
import type { IngestGatewayArgs, IngestGatewayOptions } from "../../components/ingest-gateway/args.ts";
import { IngestGateway } from "../../components/ingest-gateway/ingest-gateway.ts";
import type { HttpRequest, HttpResponse } from "../../local/kernel/service.ts";
import { LocalProvider } from "../../local/provider/local-provider.ts";
import type { Properties } from "../../local/resource-types/resource-type.ts";
import { type ServiceStage, STAGE_ACCOUNT, STAGE_REGION } from "./service-stage.ts";

/** A resource made in the stage's cloud. */
export interface MadeResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/**
 * Runs a program, or a part of one, against the local cloud's provider, without an engine.
 *
 * @throws the first error of a resource, after the barrier
 */
export async function deploy<T>(stage: ServiceStage, body: () => T): Promise<{ result: T; made: MadeResource[] }> {
  const provider = new LocalProvider({ cloud: stage.cloud });
  await provider.configure({ args: { allowedAccountIds: [STAGE_ACCOUNT], region: STAGE_REGION } });
  const made: MadeResource[] = [];
  const refusals: Error[] = [];
  await pulumi.runtime.setMocks({
    async newResource({ type, name, inputs, custom }) {
      if (!custom || !type.startsWith("aws:")) return { id: name, state: inputs };
      const urn = `urn:pulumi:test::tributary::${type}::${name}`;
      try {
        const checked = await provider.check({ urn, news: inputs });
        const [failure] = checked.failures;
        if (failure) throw new Error(`${name}: ${failure.property}: ${failure.reason}`);
        const { id, properties } = await provider.create({ urn, properties: checked.inputs });
        made.push({ urn, type, name, id, inputs: checked.inputs, outputs: properties });
        return { id, state: properties };
      } catch (error) {
        refusals.push(error instanceof Error ? error : new Error(String(error)));
        // Keeps the program running until the barrier.
        return { id: name, state: { ...inputs, invokeUrl: "" } };
      }
    },
    call: () => ({}),
  });
  const result = body();
  await pulumi.runtime.disconnect();
  if (refusals[0]) throw refusals[0];
  return { result, made };
}

/** A gateway in front of a stream, both in the stage's cloud. */
export interface DeployedGateway {
  readonly apiId: string;
  readonly apiKey: string;
  readonly streamName: string;
  readonly made: readonly MadeResource[];
  readonly provider: LocalProvider;
  /** The resource with this name. */
  named(name: string): MadeResource;
  send(request: Partial<Omit<HttpRequest, "body">> & { body?: string | Buffer }): Promise<Answer>;
  /** All records in the stream, in order within each shard. */
  records(): Promise<{ data: string; partitionKey: string; sequenceNumber: string; shardId: string }[]>;
}

/** An answer of the gateway, its body parsed if it is JSON. */
export interface Answer extends HttpResponse {
  readonly json: Record<string, unknown>;
}

/** The arguments that a test chooses; the stage makes the stream. */
export type GatewayChoices = Omit<IngestGatewayArgs, "stream"> & {
  readonly maximumRecordSizeKiB?: number;
  readonly shards?: number;
  readonly options?: IngestGatewayOptions;
};

/** Makes a stream and a gateway called `name` in front of it. */
export async function deployGateway(
  stage: ServiceStage,
  choices: GatewayChoices = {},
  name = "gate",
): Promise<DeployedGateway> {
  const { maximumRecordSizeKiB, shards = 1, options, ...args } = choices;
  const stream = await stage.make("aws:kinesis/stream:Stream", {
    name: `${name}-stream`,
    shardCount: shards,
    ...(maximumRecordSizeKiB === undefined ? {} : { maxRecordSizeInKib: maximumRecordSizeKiB }),
  });
  const streamName = String(stream.outputs["name"]);
  const { made } = await deploy(
    stage,
    () =>
      new IngestGateway(
        name,
        { stream: { name: streamName, arn: String(stream.outputs["arn"]), maximumRecordSizeKiB }, ...args },
        options,
      ),
  );
  const provider = new LocalProvider({ cloud: stage.cloud });
  await provider.configure({ args: { allowedAccountIds: [STAGE_ACCOUNT], region: STAGE_REGION } });
  const named = (child: string) => {
    const found = made.find((one) => one.name === child);
    if (!found) throw new Error(`no resource ${child} among ${made.map((one) => one.name).join(", ")}`);
    return found;
  };
  const apiId = named(`${name}-api`).id;
  const stageName = args.stageName ?? "v1";
  const key = made.find((one) => one.name === `${name}-api-key`);
  const apiKey = key ? String(stage.cloud.services.apigateway.store.keys.find(key.id)?.value) : "";
  return {
    apiId,
    apiKey,
    streamName,
    made,
    provider,
    named,
    async send({ method = "POST", path = "/events", query = "", headers = {}, body = "", sourceIp = "127.0.0.1" }) {
      const response = await stage.cloud.services.apigateway.site.handle({
        method,
        path: `/_aws/execute-api/${apiId}/${stageName}${path}`,
        query,
        headers: { ...(apiKey ? { "x-api-key": apiKey } : {}), ...headers },
        body: Buffer.from(body),
        sourceIp,
      });
      let json: Record<string, unknown> = {};
      try {
        json = JSON.parse(String(response.body)) as Record<string, unknown>;
      } catch {
        // The test checks the raw body.
      }
      return { ...response, json };
    },
    records: () => readStream(stage, streamName),
  };
}

async function readStream(stage: ServiceStage, streamName: string) {
  const { Shards } = await stage.call<{ Shards: { ShardId: string }[] }>("kinesis", "ListShards", {
    StreamName: streamName,
  });
  const found: { data: string; partitionKey: string; sequenceNumber: string; shardId: string }[] = [];
  for (const { ShardId } of Shards) {
    const params = { StreamName: streamName, ShardId, ShardIteratorType: "TRIM_HORIZON" };
    let next = (await stage.call<{ ShardIterator: string }>("kinesis", "GetShardIterator", params)).ShardIterator;
    for (;;) {
      const page = await stage.call<{
        Records: { Data: string; PartitionKey: string; SequenceNumber: string }[];
        NextShardIterator: string;
        MillisBehindLatest: number;
      }>("kinesis", "GetRecords", { ShardIterator: next });
      for (const record of page.Records) {
        found.push({
          data: Buffer.from(record.Data, "base64").toString("utf8"),
          partitionKey: record.PartitionKey,
          sequenceNumber: record.SequenceNumber,
          shardId: ShardId,
        });
      }
      next = page.NextShardIterator;
      if (page.Records.length === 0) break;
    }
  }
  return found;
}
