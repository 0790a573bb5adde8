import { expect } from "chai";
import { createHandler as createArchiver } from "../../functions/archiver/handler.ts";
import { createHandler as createReplicator } from "../../functions/replicator/handler.ts";
import { AwsStub } from "./support/aws-stub.ts";
import { consoleLines } from "./support/console-lines.ts";
import { archiverEnvironment, replicatorEnvironment } from "./support/environments.ts";
import { kinesisEvent } from "./support/kinesis-events.ts";
import { lambdaContext } from "./support/lambda-context.ts";
import { insertRecord } from "./support/stream-events.ts";

const COMPLETE = { batchItemFailures: [] };

describe("a clock that is 10 minutes wrong", () => {
  let aws: AwsStub;
  beforeEach(async () => {
    aws = await new AwsStub().open();
  });
  afterEach(() => aws.close());

  for (const minutes of [-10, 10]) {
    it(`${minutes < 0 ? "fast" : "slow"}: the replicator's first requests are refused, its clients correct themselves, nothing fails`, async () => {
      aws.aheadMs = minutes * 60_000;
      const replicate = createReplicator({ ...replicatorEnvironment, ...aws.environment });
      const event = kinesisEvent(100, (index) => (index % 10 === 3 ? "poison" : "1"));
      const { result } = await consoleLines(() => replicate(event, lambdaContext()));
      expect(result).to.deep.equal(COMPLETE);
      expect([aws.items.size, aws.objects.size]).to.deep.equal([90, 10]);
      expect(aws.refused).to.be.greaterThan(2);
      const refusedAtFirst = aws.refused;
      await consoleLines(() => replicate(event, lambdaContext()));
      expect(aws.refused).to.equal(refusedAtFirst);
      expect(aws.accepted.get("AssumeRole")).to.equal(1);
    });

    it(`${minutes < 0 ? "fast" : "slow"}: the archiver too`, async () => {
      aws.aheadMs = minutes * 60_000;
      const archive = createArchiver(archiverEnvironment);
      const Records = Array.from({ length: 50 }, (_, index) => insertRecord({ n: { N: "1" } }, { index }));
      const { result } = await consoleLines(() => archive({ Records }, lambdaContext()));
      expect(result).to.deep.equal(COMPLETE);
      expect(aws.items.size).to.equal(50);
      expect(aws.refused).to.be.greaterThan(0);
    });
  }
});
