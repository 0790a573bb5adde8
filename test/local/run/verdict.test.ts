import { expect } from "chai";
import { judge, judgeStopped, lastLine } from "../../../local/run/verdict.ts";

const counts = { sent: 10, accepted: 10, refused: 0, unacknowledged: 0 };

/** Exit code and last line of a run. */
function ending(of: Partial<typeof counts>, open: readonly string[] = [], isRefusedAllowed = false): string {
  return lastLine(judge({ ...counts, ...of }, open, isRefusedAllowed));
}

describe("the verdict of a run", () => {
  it("is 0 when every sum closes and something was proved", () => {
    expect(ending({})).to.equal("Every sum closes: nothing lost. Exit code 0.");
    expect(ending({ accepted: 0, unacknowledged: 10 })).to.equal("Every sum closes: nothing lost. Exit code 0.");
  });

  it("is 2 when nothing was sent, or no event reached the stream", () => {
    expect(ending({ sent: 0, accepted: 0 })).to.equal("Nothing was sent, so nothing is proved. Exit code 2.");
    expect(ending({ sent: 2, accepted: 0, refused: 2 }, [], true)).to.equal(
      "No event reached the stream (2 of 2 events were refused), so nothing is proved. Exit code 2.",
    );
  });

  it("is 2 when something was refused, unless that is allowed", () => {
    expect(ending({ accepted: 9, refused: 1 })).to.equal(
      "Every sum closes, but 1 of 10 events was refused. If that is expected: --allow-refused. Exit code 2.",
    );
    expect(ending({ accepted: 9, refused: 1 }, [], true)).to.equal(
      "Every sum closes: nothing lost. 1 of 10 events was refused, as allowed. Exit code 0.",
    );
  });

  it("is 2 when a sum does not close, whatever is allowed", () => {
    expect(ending({ accepted: 9, refused: 1 }, ["one event is lost"], true)).to.equal(
      "The sums do not close: 1 complaint, above. Exit code 2.",
    );
    expect(ending({ sent: 0, accepted: 0 }, ["a", "b"])).to.equal(
      "The sums do not close: 2 complaints, above. Exit code 2.",
    );
  });

  it("says the result in a word for machines", () => {
    const results = [
      judge(counts, [], false),
      judge(counts, ["lost"], false),
      judge({ ...counts, refused: 1 }, [], false),
      judge({ ...counts, sent: 0 }, [], false),
    ];
    expect(results.map(({ result }) => result)).to.deep.equal(["closed", "open", "refused", "nothing"]);
  });

  it("is 130 or 143 when a signal ended it, with what is open", () => {
    const reached = { sent: 10, unanswered: 0, accepted: 9, stored: 5, parked: 1 };
    expect(lastLine(judgeStopped("SIGINT", reached))).to.equal(
      "stopped by SIGINT before everything had arrived: 10 events sent, 9 in the stream, 5 stored, 1 parked, 3 still open. " +
        "Nothing is proved. Exit code 130.",
    );
    // A run that is stopped in the middle once told of 4702 events sent and 4703 in the stream.
    expect(judgeStopped("SIGINT", { ...reached, sent: 14, unanswered: 5 }).sentence).to.contain(
      ": 14 events sent (5 not answered yet), 9 in the stream,",
    );
    expect(lastLine(judgeStopped("SIGTERM", undefined))).to.equal(
      "stopped by SIGTERM while both stacks were being deployed: nothing was sent. Exit code 143.",
    );
  });
});
