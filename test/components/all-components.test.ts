import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { BundledFunction } from "../../components/bundled-function/bundled-function.ts";
import { DeliveryStream } from "../../components/delivery-stream/delivery-stream.ts";
import { IngestGateway } from "../../components/ingest-gateway/ingest-gateway.ts";
import { PrivateBucket } from "../../components/private-bucket/private-bucket.ts";
import { ReplicationTarget } from "../../components/replication-target/replication-target.ts";
import { Replicator } from "../../components/replicator/replicator.ts";
import { ReplicatorNetwork } from "../../components/replicator-network/replicator-network.ts";
import { StreamConsumer } from "../../components/stream-consumer/stream-consumer.ts";
import { StreamPipeline } from "../../components/stream-pipeline/stream-pipeline.ts";
import { TableArchive } from "../../components/table-archive/table-archive.ts";
import { componentDeclarations, sharedSettings } from "../docs/component-declarations.ts";
import { record, resolved } from "../support/mocks.ts";

const entry = fileURLToPath(new URL("../fixtures/components/handler.ts", import.meta.url));
const streamArn = "arn:aws:kinesis:us-east-1:111111111111:stream/flow";
const target = { roleArn: "arn:aws:iam::222222222222:role/w", externalId: "word", region: "us-east-1", tableName: "t" };

interface Options extends pulumi.ComponentResourceOptions {
  // biome-ignore lint/suspicious/noExplicitAny: each component has its own keys
  readonly transform?: any;
}
type Made = pulumi.ComponentResource & { readonly nodes: object };

/** Every component with all its optional children. */
const components: Readonly<Record<string, (name: string, opts: Options) => Made>> = {
  BundledFunction: (name, opts) => new BundledFunction(name, { entry }, opts),
  DeliveryStream: (name, opts) => new DeliveryStream(name, { bucketArn: "arn:aws:s3:::kept" }, opts),
  IngestGateway: (name, opts) =>
    new IngestGateway(
      name,
      {
        stream: { name: "flow", arn: streamArn },
        cors: { allowOrigins: ["*"] },
        throttling: { rateLimit: 1, burstLimit: 1 },
      },
      opts,
    ),
  PrivateBucket: (name, opts) => new PrivateBucket(name, {}, opts),
  ReplicationTarget: (name, opts) =>
    new ReplicationTarget(
      name,
      { trustedRole: { accountId: "111111111111", name: "carrier" }, externalId: "word" },
      opts,
    ),
  Replicator: (name, opts) =>
    new Replicator(name, { entry, streamArn, streamRetentionSeconds: 86_400, target, roleName: `${name}-role` }, opts),
  ReplicatorNetwork: (name, opts) =>
    new ReplicatorNetwork(name, { region: "us-east-1", targetRegion: "us-east-1" }, opts),
  StreamConsumer: (name, opts) =>
    new StreamConsumer(
      name,
      { source: "kinesis", streamArn, onFailure: { bucketArn: "arn:aws:s3:::failed" }, function: { entry } },
      opts,
    ),
  StreamPipeline: (name, opts) => new StreamPipeline(name, {}, opts),
  TableArchive: (name, opts) =>
    new TableArchive(
      name,
      { entry, tableStreamArn: "arn:aws:dynamodb:us-east-1:111111111111:table/events/stream/2026-01-01T00:00:00.000" },
      opts,
    ),
};

/** A transform of every child, whatever the keys are: a function that has itself under each name. */
function everyChild(see: (args: object, opts: pulumi.CustomResourceOptions, name: string) => void): unknown {
  return new Proxy(see, { get: (_, key) => (typeof key === "string" ? everyChild(see) : undefined) });
}

/** The URNs of all custom resources below `nodes`, components looked into. */
function urnsOf(node: unknown): pulumi.Output<string>[] {
  if (pulumi.CustomResource.isInstance(node)) return [node.urn];
  if (pulumi.ComponentResource.isInstance(node)) return "nodes" in node ? urnsOf(node.nodes) : [];
  return typeof node === "object" && node !== null ? Object.values(node).flatMap(urnsOf) : [];
}

describe("every component", () => {
  it("is tested here", () => {
    expect(Object.keys(components)).to.have.members([...componentDeclarations().keys()]);
  });

  it("takes args that any language can give: no functions, no unions, no lists that are read-only", () => {
    const interfaces = [...componentDeclarations().values()].flatMap(({ args }) => [...args]);
    const fields = [...interfaces, ...sharedSettings()].flatMap(([name, declared]) =>
      declared.map((field) => `${name}.${field.name}: ${field.type}`),
    );
    expect(fields.length).to.be.greaterThan(80);
    expect(fields.filter((field) => /=>|[|"]|readonly|Readonly/.test(field))).to.deep.equal([]);
  });

  for (const [kind, make] of Object.entries(components)) {
    it(`${kind}: two of them live in one stack, and no two children share a name`, async () => {
      const run = await record(() => [make("one", {}), make("two", {})]);
      const names = run.registrations.map(({ type, name }) => `${type} ${name}`);
      expect(new Set(names).size).to.equal(names.length);
      const [ones, twos] = ["one", "two"].map((name) => run.resources.filter((each) => each.name.startsWith(name)));
      expect(ones?.length).to.be.greaterThan(0);
      expect([ones?.length, twos?.length]).to.deep.equal([run.resources.length / 2, run.resources.length / 2]);
      const fixedNames = run.resources.flatMap(({ type, inputs }) => {
        const name = inputs["name"] ?? inputs["bucket"];
        // A model's name and a sub-resource's bucket are known within their parent.
        return typeof name === "string" && /Role$|Function$|Stream$|MetricAlarm$/.test(type) ? [`${type} ${name}`] : [];
      });
      expect(new Set(fixedNames).size).to.equal(fixedNames.length);
    });

    it(`${kind}: each child can be changed by transform and reached by nodes`, async () => {
      const seen: string[] = [];
      const transform = everyChild((_args, opts, name) => {
        seen.push(name);
        opts.protect = true;
      });
      const run = await record(() => make("it", { transform }));
      const names = run.resources.map(({ name }) => name);
      expect(seen).to.include.members(names);
      expect(run.resources.filter(({ isProtected }) => !isProtected).map(({ name }) => name)).to.deep.equal([]);
      const urns = await Promise.all(urnsOf(run.result.nodes).map((urn) => resolved(urn)));
      expect(urns.map((urn) => urn.split("::").at(-1))).to.have.members(names);
    });
  }

  it("knows nothing of the accounts that the stacks are about", () => {
    const folder = new URL("../../components/", import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    expect(files.length).to.be.greaterThan(30);
    const knowing = files.filter((file) =>
      /\b(prod|poc|Prod|Poc|POC)(?![a-z])|[a-z](Prod|Poc)(?![a-z])|production/.test(
        readFileSync(new URL(file, folder), "utf8"),
      ),
    );
    expect(knowing).to.deep.equal([]);
  });
});
