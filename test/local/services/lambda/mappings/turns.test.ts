import { expect } from "chai";
import { Clock, ClockMode } from "../../../../../local/kernel/clock.ts";
import { Turns } from "../../../../../local/services/lambda/mappings/turns.ts";
import { failureOf } from "../../../../support/failure-of.ts";

describe("works in turns", () => {
  it("run one after the other, also after one that fails, and hold the clock until the last is done", async () => {
    const clock = new Clock({ mode: ClockMode.Manual });
    const turns = new Turns(clock);
    const ran: string[] = [];
    const first = turns.take(async () => {
      await Promise.resolve();
      ran.push("first");
      throw new Error("first fails");
    });
    const second = turns.take(async () => void ran.push("second"));
    expect([turns.isIdle, ran]).to.deep.equal([false, []]);
    expect(await failureOf(first)).to.equal("first fails");
    await second;
    await clock.whenIdle();
    expect([turns.isIdle, ran]).to.deep.equal([true, ["first", "second"]]);
    clock.close();
  });
});
