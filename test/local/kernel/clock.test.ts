import { expect } from "chai";
import { Clock, ClockMode, TimerKind } from "../../../local/kernel/clock.ts";

describe("the clock", () => {
  it("fires timers in order of their time when it is advanced by hand", async () => {
    const clock = new Clock({ mode: ClockMode.Manual, startAt: 1_000 });
    const fired: string[] = [];
    clock.setTimer(200, TimerKind.Data, () => fired.push(`b@${clock.now()}`));
    clock.setTimer(100, TimerKind.Other, () => fired.push(`a@${clock.now()}`));
    clock.setTimer(900, TimerKind.Data, () => fired.push("late"));
    await clock.advance(500);
    expect(fired).to.deep.equal(["a@1100", "b@1200"]);
    expect(clock.now()).to.equal(1_500);
  });

  it("jumps to the end of a data wait, firing earlier timers of the other kind on the way", async () => {
    const clock = new Clock();
    const startedAt = clock.now();
    const fired: string[] = [];
    clock.setTimer(60_000, TimerKind.Other, () => fired.push("expiry"));
    clock.setTimer(600_000, TimerKind.Other, () => fired.push("far"));
    await clock.wait(300_000, TimerKind.Data);
    expect(fired).to.deep.equal(["expiry"]);
    expect(clock.jumpedMs()).to.be.within(1, 300_000);
    expect(clock.now() - startedAt).to.be.at.least(300_000);
    clock.close();
  });

  it("does not jump while something is in flight", async () => {
    const clock = new Clock();
    const release = clock.hold();
    let hasFired = false;
    const wait = clock.wait(300_000, TimerKind.Data).then(() => {
      hasFired = true;
    });
    const free = new Clock();
    await free.wait(300_000, TimerKind.Data);
    free.close();
    expect(hasFired).to.equal(false);
    release();
    await wait;
    clock.close();
  });

  it("jumps while held work waits on purpose, and no longer afterwards", async () => {
    const clock = new Clock();
    const hold = clock.hold();
    expect(await hold.pausedFor(() => clock.wait(300_000, TimerKind.Data).then(() => "waited"))).to.equal("waited");
    expect(clock.isHeld()).to.equal(true);
    const ended = await hold
      .pausedFor(async () => {
        hold();
        throw new Error("broken off");
      })
      .catch((error: Error) => error.message);
    expect([ended, clock.isHeld()]).to.deep.equal(["broken off", false]);
    clock.close();
  });

  it("stays a whole number of milliseconds whatever the delays", async () => {
    const clock = new Clock();
    await clock.wait(1000.25, TimerKind.Data);
    await clock.wait(1000.5, TimerKind.Data);
    expect(Number.isInteger(clock.now())).to.equal(true);
    clock.close();
  });

  it("is idle only when no data timer waits", async () => {
    const clock = new Clock();
    let isDelivered = false;
    clock.setTimer(300_000, TimerKind.Data, () => {
      isDelivered = true;
    });
    clock.setTimer(1e9, TimerKind.Other, () => undefined);
    await clock.whenIdle();
    expect(isDelivered).to.equal(true);
    clock.close();
  });
});
