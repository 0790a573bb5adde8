import { expect } from "chai";
import fc from "fast-check";
import type { IngestGatewayArgs } from "../../components/ingest-gateway/args.ts";
import { IngestGateway } from "../../components/ingest-gateway/ingest-gateway.ts";
import { missingReadings } from "../../local/services/apigateway/vtl/java-values.ts";
import { missingReferenceUses } from "../../mapping-templates/missing-references.ts";
import { runsOf } from "../functions/support/long-runs.ts";
import { record } from "../support/mocks.ts";
import { type Rendered, render, type TemplateInput } from "../support/render-template.ts";

const stream = { name: "clicks", arn: "arn:aws:kinesis:eu-west-1:111111111111:stream/clicks" };

/** Every argument that a template depends on. */
const configurations: readonly Partial<IngestGatewayArgs>[] = [
  {},
  { partitionKey: { source: "header" }, cors: { allowOrigins: ["*"] } },
  { partitionKey: { source: "bodyPath", path: "user.id" }, stream: { ...stream, maximumRecordSizeKiB: 4096 } },
  { cors: { allowOrigins: ["https://app.example.com", "http://localhost:3000"] } },
];

/** A template by the resource and the content type that it is deployed with. */
type Templates = ReadonlyMap<string, string>;

async function deployedTemplates(args: Partial<IngestGatewayArgs>): Promise<Templates> {
  const run = await record(() => new IngestGateway("gate", { stream, ...args }));
  return new Map(
    run.resources.flatMap(({ name, inputs }) =>
      Object.entries({ ...(inputs["requestTemplates"] ?? {}), ...responseTemplates(name, inputs) }).map(
        ([type, template]): [string, string] => [`${name.replace(/^gate-/, "")} ${type}`, String(template)],
      ),
    ),
  );
}

/** Gateway responses have variables only, and no template language. */
function responseTemplates(name: string, inputs: Readonly<Record<string, unknown>>): object {
  return name.includes("gateway-response") ? {} : (inputs["responseTemplates"] ?? {});
}

/** A preflight's answer has no body, whatever its template sets. */
function isPreflight(name: string): boolean {
  return name.includes("-options-");
}

let all: Promise<readonly Templates[]> | undefined;

/** Of each configuration. */
function allTemplates(): Promise<readonly Templates[]> {
  all ??= configurations.reduce<Promise<readonly Templates[]>>(
    async (done, args) => [...(await done), await deployedTemplates(args)],
    Promise.resolve([]),
  );
  return all;
}

/** What the template makes, the same in every reading. */
function inEveryReading(template: string, input: TemplateInput): Rendered {
  const [asEmpty, ...others] = [missingReadings.true, missingReadings.false, missingReadings.null].map((missing) =>
    render(template, { ...input, missing }),
  );
  for (const other of others) expect(other, JSON.stringify(input)).to.deep.equal(asEmpty);
  return asEmpty!;
}

const stored = { SequenceNumber: "4967", ShardId: "shardId-000000000000" };
const throttled = { ErrorCode: "ProvisionedThroughputExceededException", ErrorMessage: "Rate exceeded" };
const failed = { ErrorCode: "InternalFailure", ErrorMessage: "Internal service failure." };
const refusal = (type: unknown, message?: unknown) => ({ __type: type, message });

const serviceAnswers: readonly unknown[] = [
  stored,
  { ...stored, EncryptionType: "KMS" },
  { FailedRecordCount: 0, Records: [stored, stored] },
  { FailedRecordCount: 0, Records: [{ ...stored, ErrorCode: null, ErrorMessage: null }] },
  { FailedRecordCount: 2, Records: [throttled, stored, failed] },
  { FailedRecordCount: 2, Records: [throttled, throttled] },
  { FailedRecordCount: 1, Records: [failed] },
  refusal("ProvisionedThroughputExceededException", "Rate exceeded"),
  refusal("KMSThrottlingException"),
  refusal("ValidationException", "Value at 'partitionKey' failed to satisfy constraint"),
  refusal("ValidationException", "Value '[]' at 'records' failed to satisfy constraint"),
  refusal("ValidationException", "Value at 'data' failed to satisfy constraint"),
  refusal("InvalidArgumentException", "Records size exceeds 10 MB limit"),
  refusal("AccessDeniedException", "no"),
  { __type: "SerializationException", Message: "no" },
  // What no service has said yet.
  {},
  null,
  "",
  [],
  { Records: null },
  { Records: "text" },
  { Records: {} },
  { Records: [null, 1, "text", [], {}, { SequenceNumber: "" }, { SequenceNumber: null, ErrorCode: "" }] },
  { SequenceNumber: "4967" },
  { SequenceNumber: 4967, ShardId: null },
  { ShardId: "shardId-000000000000" },
  refusal(null, null),
  refusal(1, false),
  refusal([], {}),
  { message: "partitionKey" },
];

const events: readonly unknown[] = [
  {},
  { user: { id: "a" } },
  { user: { id: 42 } },
  { user: { id: null } },
  { user: null },
  { events: [{ user: { id: "a" } }, {}, null, { user: { id: "" } }] },
  { events: [] },
  { events: null },
  { events: "text" },
  [],
];

const clientHeaders: readonly Record<string, string>[] = [
  {},
  { "x-partition-key": "" },
  { "X-Partition-Key": "k" },
  { "x-partition-key": "k".repeat(257) },
];

describe("IngestGateway's templates, however AWS reads a missing reference", () => {
  it("are these", async () => {
    const [first, withCors, , withOrigins] = await allTemplates();
    const integrations = [
      "integration-post-events application/json",
      "integration-post-events-batch application/json",
      "integration-post-events-batch application/x-ndjson",
    ];
    const answers = ["200", "400", "500"].flatMap((status) =>
      ["post-events", "post-events-batch"].map((route) => `integration-response-${route}-${status} application/json`),
    );
    expect([...first!.keys()]).to.have.members([...integrations, ...answers]);
    expect([...withCors!.keys()]).to.have.members([
      ...integrations,
      ...answers,
      "integration-options-events application/json",
      "integration-options-events-batch application/json",
    ]);
    expect([...withOrigins!.keys()]).to.have.members([
      ...withCors!.keys(),
      "integration-response-options-events-204 application/json",
      "integration-response-options-events-batch-204 application/json",
    ]);
  });

  it("test the truth of nothing that may be missing, call no method on it, and neither compare nor print it but as a string", async () => {
    for (const templates of await allTemplates()) {
      for (const [name, template] of templates) expect(missingReferenceUses(template), name).to.deep.equal([]);
    }
  });

  it("give the same answer to everything that the service may say", async () => {
    for (const templates of await allTemplates()) {
      for (const [name, template] of templates) {
        if (!name.startsWith("integration-response-") || isPreflight(name)) continue;
        for (const answer of serviceAnswers) {
          const { json } = inEveryReading(template, { body: JSON.stringify(answer) });
          expect(json, `${name}: ${JSON.stringify(answer)}`).to.be.an("object");
        }
        inEveryReading(template, { body: "" });
      }
    }
  });

  it("name the request's origin in every answer, if it is one of several, and no other", async () => {
    const [, , , withOrigins] = await allTemplates();
    const answers = [...withOrigins!].filter(([name]) => name.startsWith("integration-response-"));
    expect(answers).to.have.length(8);
    for (const [name, template] of answers) {
      const allowed = (headers: Record<string, string>) => {
        const rendered = inEveryReading(template, { body: isPreflight(name) ? "" : JSON.stringify(stored), headers });
        if (isPreflight(name)) expect(rendered.text.trim(), name).to.equal("");
        return rendered.headers["Access-Control-Allow-Origin"];
      };
      for (const origin of ["https://app.example.com", "http://localhost:3000"]) {
        expect(allowed({ Origin: origin }), name).to.equal(origin);
        expect(allowed({ origin }), name).to.equal(origin);
      }
      for (const origin of [
        ...[
          "",
          "null",
          "*",
          "https://app.example.com.evil.example",
          "http://app.example.com",
          "HTTPS://APP.EXAMPLE.COM",
        ],
        ...["https://app.example.com, http://localhost:3000", "https://app.example.com/", "http://localhost:30000"],
      ]) {
        expect(allowed({ Origin: origin }), `${name}: ${origin}`).to.equal(undefined);
      }
      expect(allowed({}), name).to.equal(undefined);
    }
  });

  it("send the same to the service for everything that a client may send", async () => {
    for (const templates of await allTemplates()) {
      for (const [name, template] of templates) {
        if (name.startsWith("integration-response-")) continue;
        for (const headers of clientHeaders) {
          for (const event of events) {
            const { json } = inEveryReading(template, { body: JSON.stringify(event), headers });
            expect(json, `${name}: ${JSON.stringify(event)}`).to.be.an("object");
          }
          inEveryReading(template, { body: "", headers });
        }
      }
    }
  });

  it("say 200 to a batch that was stored whole, and to nothing else", async () => {
    const [templates] = await allTemplates();
    const template = templates!.get("integration-response-post-events-batch-200 application/json")!;
    const statusOf = (records: readonly object[]) =>
      inEveryReading(template, { body: JSON.stringify({ Records: records }) }).status ?? 200;
    expect(statusOf([stored, stored])).to.equal(200);
    expect(statusOf([stored, throttled])).to.equal(207);
    expect(statusOf([throttled, throttled])).to.equal(429);
    expect(statusOf([failed, throttled])).to.equal(500);
    expect(statusOf([{}])).to.equal(500);
  });

  it("give the same answer to random answers of the service", async () => {
    const [templates] = await allTemplates();
    const member = fc.option(
      fc.oneof(fc.constant(null), fc.constant(""), fc.stringMatching(/^[A-Za-z]{1,12}$/), fc.jsonValue()),
      {
        nil: undefined,
      },
    );
    const result = fc.record({ SequenceNumber: member, ShardId: member, ErrorCode: member });
    const answer = fc.oneof(
      fc.record({ Records: fc.array(fc.oneof(result, fc.jsonValue())) }),
      fc.record({ __type: member, message: member }),
      result,
      fc.jsonValue(),
    );
    const answers = [...templates!].filter(([name]) => name.startsWith("integration-response-"));
    fc.assert(
      fc.property(answer, (value) => {
        for (const [, template] of answers) inEveryReading(template, { body: JSON.stringify(value) });
      }),
      { numRuns: runsOf("READINGS_RUNS", 25) },
    );
  });
});
