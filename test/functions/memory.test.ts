import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect } from "chai";
import { createHandler as createArchiver } from "../../functions/archiver/handler.ts";
import { createHandler as createReplicator } from "../../functions/replicator/handler.ts";
import { AwsStub } from "./support/aws-stub.ts";
import { consoleLines } from "./support/console-lines.ts";
import { archiverEnvironment, replicatorEnvironment } from "./support/environments.ts";
import { kinesisEvent } from "./support/kinesis-events.ts";
import { lambdaContext } from "./support/lambda-context.ts";
import { runsOf } from "./support/long-runs.ts";
import { insertRecord } from "./support/stream-events.ts";

/** Invocations that are measured, of each function. */
const INVOCATIONS = runsOf("MEMORY_INVOCATIONS", 20);
/** Before them: clients, sockets and compiled code come to be. */
const WARM_UP = 10;
/**
 * What memory that does not grow varies by: requests keep their timers for some seconds, 1 to 2 MB of them. Half of a
 * batch (60 KB) kept by each invocation is over it in a short run, 400 bytes are in one of 10,000.
 */
const TOLERANCE_BYTES = Math.min(4_000_000, INVOCATIONS * 30_000);

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** The least of the heap and of the buffers outside it, in bytes, after several collections. */
async function memoryBytes(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    least = Math.min(least, heapUsed + arrayBuffers);
  }
  return least;
}

describe("memory", () => {
  let aws: AwsStub;
  beforeEach(async () => {
    aws = await new AwsStub().open();
  });
  afterEach(() => aws.close());

  async function growth(invoke: () => Promise<unknown>): Promise<number> {
    const invokeOften = async (count: number) => {
      for (let index = 0; index < count; index++) await consoleLines(invoke);
      aws.items.clear();
      aws.objects.clear();
    };
    await invokeOften(WARM_UP);
    const before = await memoryBytes();
    await invokeOften(INVOCATIONS);
    return (await memoryBytes()) - before;
  }

  it(`of the replicator does not grow over ${INVOCATIONS} invocations of one container`, async () => {
    const replicate = createReplicator({ ...replicatorEnvironment, ...aws.environment });
    const event = kinesisEvent(20, (index) => (index === 3 ? "poison" : JSON.stringify({ text: "x".repeat(6_000) })));
    expect(await growth(() => replicate(event, lambdaContext()))).to.be.lessThan(TOLERANCE_BYTES);
  });

  it(`of the archiver does not grow over ${INVOCATIONS} invocations of one container`, async () => {
    const archive = createArchiver(archiverEnvironment);
    const Records = Array.from({ length: 20 }, (_, index) => insertRecord({ t: { S: "x".repeat(6_000) } }, { index }));
    expect(await growth(() => archive({ Records }, lambdaContext()))).to.be.lessThan(TOLERANCE_BYTES);
  });
});
