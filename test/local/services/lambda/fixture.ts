import { Cloud, type CloudOptions } from "../../../../local/cloud.ts";
import { AwsError } from "../../../../local/kernel/errors.ts";
import type { Principal } from "../../../../local/kernel/principal.ts";
import type {
  Properties,
  ResolvedAsset,
  ResourceContext,
  ResourceType,
} from "../../../../local/resource-types/resource-type.ts";

export const accountId = "111111111111";
export const region = "us-east-1";

const open = new Set<Cloud>();

/** Closes every cloud that a test has made. */
export async function closeClouds(): Promise<void> {
  await Promise.all([...open].map((cloud) => cloud.close()));
  open.clear();
}

/** Files as a deployment package. */
export function archive(files: Readonly<Record<string, string>>): ResolvedAsset {
  const contents = new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));
  return { kind: "archive", hash: JSON.stringify(files), read: async () => contents };
}

interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

export const allow = (Action: string | readonly string[], Resource: string | readonly string[]): Statement => ({
  Effect: "Allow",
  Action,
  Resource,
});

export const readAnyKinesisStream = allow(
  [
    "kinesis:DescribeStream",
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
    "kinesis:ListStreams",
  ],
  "*",
);

export const writeLogs = allow(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], "*");

/** A cloud, and the resource types as the provider drives them. */
export class LambdaFixture {
  readonly cloud: Cloud;
  readonly context: ResourceContext;
  readonly administrator: Principal;

  constructor(options: CloudOptions = {}) {
    this.cloud = new Cloud(options);
    open.add(this.cloud);
    this.administrator = this.cloud.accounts.ensure(accountId).administrator.principal;
    this.context = {
      store: undefined,
      principal: this.administrator,
      accountId,
      region,
      partition: "aws",
      urn: "urn:pulumi:test::test::test::test",
      defaultTags: {},
    };
  }

  type(token: string): ResourceType {
    const type = this.cloud.registry.resourceTypes.get(token);
    if (!type) throw new Error(`no resource type ${token}`);
    return type;
  }

  /** Parses and checks inputs and makes the resource. Throws for whatever the provider would refuse. */
  async create(token: string, inputs: Properties): Promise<{ id: string; outputs: Properties }> {
    const type = this.type(token);
    const parsed = type.inputs.parse(inputs);
    const failures = type.check?.(parsed, this.context) ?? [];
    if (failures.length > 0)
      throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
    return type.create(parsed, this.context);
  }

  async update(token: string, id: string, inputs: Properties, olds: Properties): Promise<Properties> {
    const type = this.type(token);
    return type.update(id, type.inputs.parse(inputs), olds, this.context);
  }

  /** A role that Lambda may assume; its ARN. */
  async role(name: string, statements: readonly Statement[], service = "lambda.amazonaws.com"): Promise<string> {
    const trust = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } }],
    };
    const { outputs } = await this.create("aws:iam/role:Role", { name, assumeRolePolicy: JSON.stringify(trust) });
    if (statements.length > 0) {
      await this.create("aws:iam/rolePolicy:RolePolicy", {
        name: "policy",
        role: name,
        policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
      });
    }
    return String(outputs["arn"]);
  }

  /** A function whose `index.mjs` is `source`; a role that may write logs is made when none is given. */
  async function(name: string, source: string, more: Properties = {}): Promise<Properties> {
    const role = more["role"] ?? (await this.role(`${name}-role`, [writeLogs]));
    const { outputs } = await this.create("aws:lambda/function:Function", {
      name,
      code: archive({ "index.mjs": source }),
      handler: "index.handler",
      runtime: "nodejs24.x",
      ...more,
      role,
    });
    return outputs;
  }

  /** A Kinesis stream; its ARN. */
  async stream(name: string, shardCount = 1, more: Properties = {}): Promise<string> {
    const { outputs } = await this.create("aws:kinesis/stream:Stream", { name, shardCount, ...more });
    return String(outputs["arn"]);
  }

  async mapping(inputs: Properties): Promise<{ id: string; outputs: Properties }> {
    return this.create("aws:lambda/eventSourceMapping:EventSourceMapping", {
      startingPosition: "TRIM_HORIZON",
      ...inputs,
    });
  }

  call<T>(service: string, operation: string, params: unknown, principal = this.administrator): Promise<T> {
    return this.cloud.call({ service, operation, params, principal, region }) as Promise<T>;
  }

  /** Invokes as the administrator; the answer with its payload parsed. */
  async invoke(name: string, event: unknown = {}, more: Properties = {}): Promise<Invocation> {
    const answer = await this.call<Omit<Invocation, "value"> & { Payload: string }>("lambda", "Invoke", {
      FunctionName: name,
      Payload: JSON.stringify(event),
      ...more,
    });
    return { ...answer, value: answer.Payload === "" ? undefined : JSON.parse(answer.Payload) };
  }

  /** Puts one record per text, partition key and data alike, and gives the sequence numbers. */
  async put(streamName: string, texts: readonly string[], keyOf = (text: string) => text): Promise<readonly string[]> {
    const Records = texts.map((text) => ({ Data: Buffer.from(text).toString("base64"), PartitionKey: keyOf(text) }));
    const answer = await this.call<{ Records: { SequenceNumber: string }[] }>("kinesis", "PutRecords", {
      StreamName: streamName,
      Records,
    });
    return answer.Records.map((record) => record.SequenceNumber);
  }

  /** Every log message of a group, in the order of the streams and events. */
  async logMessages(logGroupName: string): Promise<readonly string[]> {
    await this.cloud.clock.whenIdle();
    const { events } = await this.call<{ events: { message: string }[] }>("logs", "FilterLogEvents", { logGroupName });
    return events.map((event) => event.message);
  }
}

export interface Invocation {
  readonly StatusCode: number;
  readonly FunctionError?: string;
  readonly LogResult?: string;
  readonly ExecutedVersion?: string;
  // The shape is the handler's own: each test says what it expects.
  readonly value: unknown;
}

/** The AwsError that this rejects with; throws when it does not reject. */
export async function refusalOf(work: Promise<unknown>): Promise<AwsError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AwsError) return error;
  throw error ?? new Error("it was expected to be refused");
}
