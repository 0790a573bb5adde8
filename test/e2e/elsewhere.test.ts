import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Cloud } from "../../local/cloud.ts";
import { type StartProgram, startProcess } from "../../local/engine/program.ts";
import { FrontDoor } from "../../local/front-door/front-door.ts";
import { tableItems } from "../../local/ledger/collect.ts";
import { takeLedger } from "../../local/ledger/ledger.ts";
import { Producer, type SentEvent } from "../../local/producer/producer.ts";
import { deploySystem, type System } from "../../local/system.ts";
import { startInProcess } from "../support/in-process.ts";
import { type ProvidersOverGrpc, serveProviders } from "../support/providers-over-grpc.ts";
import { projectDir, toInputLines } from "../support/system.ts";

const fixture = join(projectDir, "test/fixtures/elsewhere");

/** The program stands below the folder of its Pulumi.yaml, which is not that of the components, and nobody's working directory. */
describe("both stacks of a project in another folder, in the European Sovereign Cloud", () => {
  const cloud = new Cloud();
  const frontDoor = new FrontDoor(cloud);
  let providers: ProvidersOverGrpc;
  let system: System;

  before(async () => {
    await frontDoor.listen(0);
    providers = await serveProviders(cloud, fixture);
    // One program in a process of its own, as `npm start` starts both.
    const start: StartProgram = (calls, options) =>
      (options.stack === "poc" ? startInProcess : startProcess)(calls, options);
    system = await deploySystem({ cloud, projectDir: fixture, newProvider: providers.newProvider, start });
  });
  after(async () => {
    await providers.close();
    await frontDoor.close();
    await cloud.close();
    rmSync(join(fixture, "program", ".tributary"), { recursive: true, force: true });
  });

  it("replicate events with their bundles, and all names match the partition", async () => {
    const events: SentEvent[] = [];
    const producer = new Producer({
      gatewayUrl: system.gatewayUrl,
      apiKey: system.apiKey ?? "",
      clock: cloud.clock,
      pace: system.pace,
      onOutcome: (event) => events.push(event),
    });
    await producer.send(toInputLines(['{"a":1}', '{"v":1e200}', '{"b":2}']));
    await cloud.clock.whenIdle();
    const ledger = await takeLedger(system.ledgerSources, events);
    expect(ledger.open).to.deep.equal([]);
    expect(ledger).to.include({ sent: 3, stored: 2, parked: 1, archived: 2 });

    const { target, source } = system.ledgerSources;
    for await (const { item } of tableItems(target, target.tableName)) {
      const stream = String(item["streamName"]?.["S"]);
      expect(stream).to.equal(source.streamName);
      expect(item["seqNumbershardIdHash"]?.["S"]).to.match(new RegExp(`^${stream}-\\d\\d-shardId-\\d{12}$`));
    }
    const arns = [...cloud.trace.records()]
      .flatMap(({ principal, authorizations = [] }) => [principal, ...authorizations.map(({ resource }) => resource)])
      .filter((text) => text.startsWith("arn:"));
    expect(arns).to.have.length.greaterThan(10);
    expect(arns.filter((arn) => !arn.startsWith("arn:aws-eusc:"))).to.deep.equal([]);
  });

  it("show the file and line of a function's error", async () => {
    const { principal } = cloud.accounts.ensure(system.source.accountId).administrator;
    const answer = (await cloud.call({
      service: "lambda",
      operation: "Invoke",
      params: { FunctionName: String(system.source.outputs["replicatorFunctionName"]), Payload: "{}" },
      principal,
      region: system.source.region,
    })) as { FunctionError?: string; Payload: string };
    expect(answer.FunctionError).to.equal("Unhandled");
    const { trace } = JSON.parse(answer.Payload) as { trace: string[] };
    expect(trace.slice(1)).to.satisfy((lines: string[]) => lines.some((line) => /handler\.ts:\d+:\d+/.test(line)));
  });
});
