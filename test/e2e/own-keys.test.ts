import { expect } from "chai";
import { Cloud } from "../../local/cloud.ts";
import { FrontDoor } from "../../local/front-door/front-door.ts";
import { takeLedger } from "../../local/ledger/ledger.ts";
import { Producer, type SentEvent } from "../../local/producer/producer.ts";
import { deploySystem, type System } from "../../local/system.ts";
import { startInProcess } from "../support/in-process.ts";
import { projectDir, toInputLines } from "../support/system.ts";

const key = (accountId: string, digit: number) =>
  `arn:aws:kms:us-east-1:${accountId}:key/1234abcd-12ab-34cd-56ef-12345678900${digit}`;
const prodKey = (digit: number) => key("111111111111", digit);
const pocKey = (digit: number) => key("222222222222", digit);
const STREAM_KEY = prodKey(1);
const PARKED_KEY = prodKey(2);
const PROD_LOG_KEY = prodKey(3);
const TABLE_KEY = pocKey(1);
const ARCHIVE_KEY = pocKey(2);
const POC_LOG_KEY = pocKey(3);
const DELIVERY_KEY = pocKey(4);

/** A number that DynamoDB cannot hold, so that its record is parked. */
const UNSTORABLE = `{"n":${"1".repeat(39)}}`;

describe("both stacks with KMS keys of their own", () => {
  const cloud = new Cloud();
  const frontDoor = new FrontDoor(cloud);
  let system: System | undefined;

  before(async () => {
    await frontDoor.listen(0);
    const configOverrides = {
      prod: {
        "tributary:streamKmsKeyArn": STREAM_KEY,
        "tributary:bucketKmsKeyArn": PARKED_KEY,
        "tributary:logKmsKeyArn": PROD_LOG_KEY,
      },
      poc: {
        "tributary:tableKmsKeyArn": TABLE_KEY,
        "tributary:bucketKmsKeyArn": ARCHIVE_KEY,
        "tributary:logKmsKeyArn": POC_LOG_KEY,
        "tributary:firehoseKmsKeyArn": DELIVERY_KEY,
      },
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
    await producer.send(toInputLines(['{"a":1}', '{"b":2}', UNSTORABLE]));
    await cloud.clock.whenIdle();
    return events;
  }

  it("carry and park events, and every role is asked for its use of the key", async () => {
    const deployed = system as System;
    const ledger = await takeLedger(deployed.ledgerSources, await send(deployed));
    expect(ledger.open).to.deep.equal([]);
    expect(ledger).to.include({ sent: 3, stored: 2, parked: 1, archived: 2 });
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
      `tributary-replicator s3:PutObject kms:GenerateDataKey ${PARKED_KEY} allowed`,
      `tributary-target-writer dynamodb:BatchWriteItem kms:Decrypt ${TABLE_KEY} allowed`,
      `tributary-archive-delivery-role s3:PutObject kms:GenerateDataKey ${ARCHIVE_KEY} allowed`,
    ]);
  });

  it("have every log group, every bucket and the delivery stream encrypted by the key that is theirs", () => {
    const { services } = cloud;
    const region = "us-east-1";
    const [prod, poc] = ["111111111111", "222222222222"];
    const logKeys = (accountId: string) =>
      services.logs.store.list({ accountId, region }).map(({ settings }) => settings.kmsKeyId);
    const bucketKeys = (accountId: string) =>
      services.s3.store.list(accountId).map(({ encryption }) => [encryption.kmsKeyId, encryption.bucketKeyEnabled]);
    expect(logKeys(prod)).to.deep.equal([PROD_LOG_KEY, PROD_LOG_KEY]);
    expect(logKeys(poc)).to.deep.equal([POC_LOG_KEY, POC_LOG_KEY]);
    expect(bucketKeys(prod)).to.deep.equal([[PARKED_KEY, true]]);
    expect(bucketKeys(poc)).to.deep.equal([
      [ARCHIVE_KEY, true],
      [ARCHIVE_KEY, true],
    ]);
    expect(services.firehose.store.list().map(({ encryption }) => encryption?.keyArn)).to.deep.equal([DELIVERY_KEY]);
  });
});

/** A session's role, without the end that Pulumi made. */
function roleOf(principal: string): string {
  return (principal.split("/")[1] ?? principal).replace(/-[0-9a-f]{7}$/, "");
}
