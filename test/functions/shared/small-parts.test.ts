import { expect } from "chai";
import { backoffMs } from "../../../functions/shared/backoff.ts";
import { batchResponse } from "../../../functions/shared/batch-response.ts";
import { systemClock } from "../../../functions/shared/clock.ts";
import { answerReserveMs, createDeadline, DeadlineExceededError } from "../../../functions/shared/deadline.ts";
import { formatDecimal, parseDecimal } from "../../../functions/shared/decimal-text.ts";
import { embeddedMetrics, Unit } from "../../../functions/shared/embedded-metrics.ts";
import { EnvironmentError, readEnvironment } from "../../../functions/shared/environment.ts";
import { inParallel } from "../../../functions/shared/in-parallel.ts";
import { createLog } from "../../../functions/shared/structured-log.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

describe("backoffMs", () => {
  it("draws from a range that doubles from 50 ms and ends at 5 s", () => {
    const highest = Array.from({ length: 9 }, (_, index) => backoffMs(index + 1, () => 0.9999999));
    expect(highest).to.deep.equal([49, 99, 199, 399, 799, 1_599, 3_199, 4_999, 4_999]);
    expect(backoffMs(9, () => 0)).to.equal(0);
  });
});

describe("batchResponse", () => {
  it("names the numerically lowest sequence number only", () => {
    expect(batchResponse(["1000", "999", "1001"])).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "999" }] });
    const [low, high] = [
      "49590338271490256608559692538361571095921575989136588898",
      "49590338271490256608559692538361571095921575989136588899",
    ];
    expect(batchResponse([high, low])).to.deep.equal({ batchItemFailures: [{ itemIdentifier: low }] });
  });

  it("answers with an empty list when nothing failed", () => {
    expect(batchResponse([])).to.deep.equal({ batchItemFailures: [] });
  });
});

describe("createDeadline", () => {
  function setup(totalMs: number, reserveMs: number) {
    const clock = new VirtualClock(0);
    return { clock, deadline: createDeadline(clock, () => totalMs - clock.now(), reserveMs) };
  }

  it("lets a call end and leaves no timer behind", async () => {
    const { clock, deadline } = setup(1_000, 100);
    expect(await deadline.run(async () => "done")).to.equal("done");
    await clock.sleep(2_000);
    expect(clock.slept).to.deep.equal([2_000]);
  });

  it("aborts a call when the time is up, the reserve kept", async () => {
    const { clock, deadline } = setup(1_000, 100);
    let isAborted = false;
    const outcome = await deadline
      .run((signal) => {
        signal.addEventListener("abort", () => {
          isAborted = true;
        });
        return new Promise(() => undefined);
      })
      .catch((error: unknown) => error);
    expect(outcome).to.be.instanceOf(DeadlineExceededError);
    expect(isAborted).to.equal(true);
    expect(clock.now()).to.equal(900);
    expect(deadline.isOver()).to.equal(true);
  });

  it("starts no call when no time is left", async () => {
    const { deadline } = setup(100, 100);
    let isCalled = false;
    const outcome = await deadline
      .run(async () => {
        isCalled = true;
      })
      .catch((error: unknown) => error);
    expect(outcome).to.be.instanceOf(DeadlineExceededError);
    expect(isCalled).to.equal(false);
  });

  it("aborts all calls under way when the time is up, and waits once for all", async () => {
    const { clock, deadline } = setup(1_000, 100);
    const signals: AbortSignal[] = [];
    const hang = (signal: AbortSignal): Promise<never> => {
      signals.push(signal);
      return new Promise(() => undefined);
    };
    const calls = [deadline.run(hang), deadline.run(async () => "done"), deadline.run(hang)];
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(["rejected", "fulfilled", "rejected"]);
    expect(signals.map(({ aborted }) => aborted)).to.deep.equal([true, true]);
    expect(clock.slept).to.deep.equal([900]);
  });

  it("lets any number of calls listen to its signal, without a warning of Node.js in the log", async () => {
    const warnings: string[] = [];
    const note = ({ name }: Error): void => void warnings.push(name);
    process.on("warning", note);
    await setup(1_000, 100).deadline.run(async (signal) => {
      for (let n = 0; n < 100; n++) signal.addEventListener("abort", () => n);
    });
    // Warnings are emitted in the next turn.
    await new Promise(setImmediate);
    process.off("warning", note);
    expect(warnings).not.to.include("MaxListenersExceededWarning");
  });

  it("gives a call after the deadline a new signal, should there be time again", async () => {
    const clock = new VirtualClock(0);
    let end = 100;
    const deadline = createDeadline(clock, () => end - clock.now(), 0);
    await deadline.run(() => new Promise(() => undefined)).catch(() => undefined);
    end = 200;
    expect(await deadline.run(async ({ aborted }) => aborted)).to.equal(false);
  });

  it("passes a call's own error on", async () => {
    const failure = new Error("own");
    const { deadline } = setup(1_000, 100);
    expect(await deadline.run(() => Promise.reject(failure)).catch((error: unknown) => error)).to.equal(failure);
  });

  it("keeps back a second, or a tenth of a short invocation", () => {
    expect(answerReserveMs(60_000)).to.equal(1_000);
    expect(answerReserveMs(3_000)).to.equal(300);
  });
});

describe("systemClock", () => {
  it("ends a sleep at once when it is cancelled, before or after it began", async () => {
    const abort = new AbortController();
    const asleep = systemClock.sleep(60_000, abort.signal);
    abort.abort();
    await asleep;
    await systemClock.sleep(60_000, abort.signal);
    await systemClock.sleep(0);
  });
});

describe("parseDecimal", () => {
  for (const [text, canonical] of [
    ["0", "0"],
    ["-0", "0"],
    ["0.000e99999999999999999999", "0"],
    ["1", "1"],
    ["-1.50", "-1.5"],
    ["100", "1E2"],
    ["0.001", "1E-3"],
    ["9007199254740993", "9.007199254740993E15"],
    ["1E+5", "1E5"],
    ["12e-5", "1.2E-4"],
    [".5", "5E-1"],
    ["5.", "5"],
    ["+007", "7"],
  ] as const) {
    it(`reads ${text} as ${canonical}`, () => {
      const decimal = parseDecimal(text);
      expect(decimal === undefined ? undefined : formatDecimal(decimal)).to.equal(canonical);
    });
  }

  for (const text of ["", "-", ".", "1e", "NaN", "Infinity", "0x10", "1 ", "1,5"]) {
    it(`does not read "${text}"`, () => {
      expect(parseDecimal(text)).to.equal(undefined);
    });
  }
});

describe("embeddedMetrics", () => {
  it("declares each metric and carries its value, in one line", () => {
    const line = embeddedMetrics({
      namespace: "Tributary",
      dimensions: { FunctionName: "replicator" },
      at: 1_000,
      values: [
        { name: "Stored", unit: Unit.Count, value: 3 },
        { name: "Lag", unit: Unit.Milliseconds, value: 250 },
      ],
      properties: { requestId: "r" },
    });
    expect(JSON.parse(line)).to.deep.equal({
      _aws: {
        Timestamp: 1_000,
        CloudWatchMetrics: [
          {
            Namespace: "Tributary",
            Dimensions: [["FunctionName"]],
            Metrics: [
              { Name: "Stored", Unit: "Count" },
              { Name: "Lag", Unit: "Milliseconds" },
            ],
          },
        ],
      },
      FunctionName: "replicator",
      Stored: 3,
      Lag: 250,
      requestId: "r",
    });
  });
});

describe("createLog", () => {
  it("prints level, message, context and fields as one JSON object", () => {
    const lines: string[] = [];
    const log = createLog({ requestId: "r" }, (line) => lines.push(line));
    log.info("a", { n: 1 });
    log.warn("b");
    log.error("c");
    expect(lines.map((line) => JSON.parse(line))).to.deep.equal([
      { level: "INFO", message: "a", requestId: "r", n: 1 },
      { level: "WARN", message: "b", requestId: "r" },
      { level: "ERROR", message: "c", requestId: "r" },
    ]);
  });
});

describe("readEnvironment", () => {
  it("tells every mistake at once, an empty value being none", () => {
    const read = readEnvironment({ A: "", B: "x", C: "z" });
    expect(read.required("A")).to.equal("");
    expect(read.required("B")).to.equal("x");
    expect(read.optional("A", "fallback")).to.equal("fallback");
    expect(read.oneOf("C", ["x", "y"], "x")).to.equal("x");
    read.mistake("D is odd");
    expect(() => read.finish())
      .to.throw(EnvironmentError)
      .with.property("mistakes")
      .that.deep.equals(["A is not set", 'C is "z"; allowed: x, y', "D is odd"]);
  });
});

describe("inParallel", () => {
  it("works on all entries, never on more than the limit at once", async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await inParallel([0, 1, 2, 3, 4, 5, 6], 3, async (entry, index) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      done.push(entry * 10 + index);
    });
    expect(most).to.equal(3);
    expect(done.sort((a, b) => a - b)).to.deep.equal([0, 11, 22, 33, 44, 55, 66]);
  });

  it("takes an entry when its work begins", async () => {
    const seen: string[] = [];
    const entries = function* () {
      for (const entry of ["a", "b", "c"]) {
        seen.push(`take ${entry}`);
        yield entry;
      }
    };
    await inParallel(entries(), 1, async (entry) => void seen.push(`work ${entry}`));
    expect(seen).to.deep.equal(["take a", "work a", "take b", "work b", "take c", "work c"]);
  });

  it("throws an error of the entries when the work in progress has ended", async () => {
    const failure = new Error("own");
    let isDone = false;
    const entries = function* () {
      yield 1;
      throw failure;
    };
    const work = async (): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      isDone = true;
    };
    expect(await inParallel(entries(), 2, work).catch((error: unknown) => error)).to.equal(failure);
    expect(isDone).to.equal(true);
  });
});
