import { expect } from "chai";
import { Cloud } from "../../local/cloud.ts";
import { FrontDoor } from "../../local/front-door/front-door.ts";
import { takeLedger } from "../../local/ledger/ledger.ts";
import { Producer, type SentEvent } from "../../local/producer/producer.ts";
import { deploySystem, type System } from "../../local/system.ts";
import { startInProcess } from "../support/in-process.ts";
import { projectDir, toInputLines } from "../support/system.ts";

const STREAM_KEY = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const TABLE_KEY = "arn:aws:kms:us-east-1:222222222222:key/0987dcba-09fe-87dc-65ba-ab0987654321";

describe("both stacks with KMS keys of their own", () => {
  const cloud = new Cloud();
  const frontDoor = new FrontDoor(cloud);
  let system: System | undefined;

  before(async () => {
    await frontDoor.listen(0);
    const configOverrides = {
      prod: { "tributary:streamKmsKeyArn": STREAM_KEY },
      poc: { "tributary:tableKmsKeyArn": TABLE_KEY },
    };
    system = await deploySystem({ cloud, projectDir, configOverrides, start: startInProcess });
  });
  after(async () => {
    await system?.engine.close();
    await frontDoor.close();
    await cloud.close();
  });

  async function send({ gatewayUrl, apiKey, pace }: System): Promise<SentEvent[]> {
    const events: SentEvent[] = [];
    const producer = new Producer({
      gatewayUrl,
      apiKey: apiKey ?? "",
      clock: cloud.clock,
      pace,
      onOutcome: (event) => events.push(event),
    });
    await producer.send(toInputLines(['{"a":1}', '{"b":2}']));
    await cloud.clock.whenIdle();
    return events;
  }

  it("carry events, and every role is asked for its use of the key", async () => {
    const deployed = system as System;
    const ledger = await takeLedger(deployed.ledgerSources, await send(deployed));
    expect(ledger.open).to.deep.equal([]);
    expect(ledger).to.include({ sent: 2, stored: 2, parked: 0, archived: 2 });
    const uses = cloud.trace
      .records()
      // The administrator reads for the ledger.
      .filter(({ principal }) => roleOf(principal) !== "administrator")
      .flatMap(({ principal, call, authorizations, decision }) =>
        authorizations
          .filter(({ action }) => action.startsWith("kms:"))
          .map(({ action, resource }) => [roleOf(principal), call, action, resource, decision].join(" ")),
      );
    expect([...new Set(uses)]).to.have.members([
      `tributary-gateway-role kinesis:PutRecord kms:GenerateDataKey ${STREAM_KEY} allowed`,
      `tributary-replicator kinesis:GetRecords kms:Decrypt ${STREAM_KEY} allowed`,
      `tributary-target-writer dynamodb:BatchWriteItem kms:Decrypt ${TABLE_KEY} allowed`,
    ]);
  });
});

/** A session's role, without the end that Pulumi made. */
function roleOf(principal: string): string {
  return (principal.split("/")[1] ?? principal).replace(/-[0-9a-f]{7}$/, "");
}
