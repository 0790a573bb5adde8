import { expect } from "chai";
import { AfterFailure, activityOf, HangWatch } from "../../../local/engine/hang-watch.ts";

const LIMIT_MS = 10_000;
const ROUND_MS = 1000;

/** What the watch says after each of these rounds. */
function rounds(watch: HangWatch, count: number, glimpse: Parameters<HangWatch["look"]>[0]): (string | undefined)[] {
  return Array.from({ length: count }, () => watch.look(glimpse));
}

describe("the detection of a hanging program", () => {
  let watch: HangWatch;
  beforeEach(() => {
    watch = new HangWatch(LIMIT_MS, ROUND_MS);
  });

  it("counts idle rounds since the program's last call", () => {
    rounds(watch, 9, { steps: 0, cpuMs: 500, isHeldUp: false });
    expect(watch.look({ steps: 1, cpuMs: 500, isHeldUp: false })).to.equal(undefined);
    const last = rounds(watch, 10, { steps: 1, cpuMs: 500, isHeldUp: false });
    expect(last).to.deep.equal([...Array.from({ length: 9 }, () => undefined), "idle"]);
  });

  it("does not count rounds in which the program uses CPU time, or waits for the CPU on a busy machine", () => {
    for (let second = 1; second <= 30; second++) {
      expect(watch.look({ steps: 0, cpuMs: second * 10, isHeldUp: false }), `second ${second}`).to.equal(undefined);
      expect(watch.look({ steps: 0, cpuMs: second * 10, isHeldUp: true }), `second ${second}`).to.equal(undefined);
    }
  });

  it("stops a program that uses the limit in CPU time without a call", () => {
    expect(watch.look({ steps: 7, cpuMs: 2000, isHeldUp: true })).to.equal(undefined);
    expect(watch.look({ steps: 7, cpuMs: 11_990, isHeldUp: true })).to.equal(undefined);
    expect(watch.look({ steps: 7, cpuMs: 12_000, isHeldUp: true })).to.equal("busy");
  });

  it("counts all rounds on a system without process statistics", () => {
    const glimpse = { steps: 0, cpuMs: undefined, isHeldUp: false };
    expect(rounds(watch, 10, glimpse)).to.deep.equal([...Array.from({ length: 9 }, () => undefined), "idle"]);
  });

  it("reads a process's CPU time from the system, and nothing for an ended process", function () {
    if (process.platform !== "linux") this.skip();
    const { user, system } = process.cpuUsage();
    const { cpuMs, isHeldUp } = activityOf(process.pid);
    // Ticks of 10 ms, rounded down for each of user and system; cpuUsage was read before.
    expect(cpuMs).to.be.at.least((user + system) / 1000 - 20);
    expect(isHeldUp, "this process is running").to.equal(true);
    expect(activityOf(undefined)).to.deep.equal({ cpuMs: undefined, isHeldUp: false });
  });
});

describe("a program that has failed", () => {
  it("gets time while it works or waits for the CPU, and is killed when it is idle", () => {
    const after = new AfterFailure();
    after.isWorking({ cpuMs: 1000, isHeldUp: true });
    expect(after.isWorking({ cpuMs: 1010, isHeldUp: false }), "it has worked").to.equal(true);
    expect(after.isWorking({ cpuMs: 1010, isHeldUp: true }), "it waits for its turn").to.equal(true);
    expect(after.isWorking({ cpuMs: 1010, isHeldUp: false }), "it is still").to.equal(false);
  });

  it("is killed although it works, after its limit of CPU time", () => {
    const after = new AfterFailure();
    after.isWorking({ cpuMs: 1000, isHeldUp: true });
    expect(after.isWorking({ cpuMs: 3990, isHeldUp: true })).to.equal(true);
    expect(after.isWorking({ cpuMs: 4000, isHeldUp: true })).to.equal(false);
  });

  it("is killed at the second check on a system without process statistics", () => {
    const after = new AfterFailure();
    const glimpse = { cpuMs: undefined, isHeldUp: false };
    expect([after.isWorking(glimpse), after.isWorking(glimpse)]).to.deep.equal([false, false]);
  });
});
