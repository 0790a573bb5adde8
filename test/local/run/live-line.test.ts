import { expect } from "chai";
import { liveLine } from "../../../local/run/live-counts.ts";
import { showLive } from "../../../local/run/live-line.ts";
import { createOutput, Tone } from "../../../local/run/output.ts";
import { recordedOutput } from "../../support/recorded-output.ts";

/** A stream that keeps what is written to it. */
function recordedStream(terminal: { columns: number; colors: boolean } | undefined) {
  const written: string[] = [];
  const tty = terminal && { isTTY: true, columns: terminal.columns, hasColors: () => terminal.colors };
  return { written, stream: { write: (text: unknown) => written.push(String(text)) > 0, ...tty } };
}

describe("the live line", () => {
  /** Looks once per element of `texts`, and says what is then shown in all. */
  function shownAfter(texts: readonly string[], isTerminal: boolean): string[] {
    const output = recordedOutput(isTerminal);
    let look = () => {};
    let index = 0;
    const end = showLive(
      () => texts[Math.min(index, texts.length - 1)] ?? "",
      output,
      (work) => {
        look = work;
        return () => {
          look = () => {};
        };
      },
    );
    for (index = 0; index < texts.length; index++) look();
    end();
    look();
    return output.shown;
  }

  it("is on a terminal all the time", () => {
    expect(shownAfter(["a", "a", "b"], true)).to.deep.equal(["a", "a", "b"]);
  });

  it("is a new line elsewhere, when it has changed", () => {
    expect(shownAfter(["a", "a", "b", "b", "a"], false)).to.deep.equal(["b", "a"]);
  });

  it("is not lost when it follows another one too soon", () => {
    let now = 0;
    const { written, stream } = recordedStream(undefined);
    const output = createOutput(stream, () => now);
    let text = "a";
    let look = () => {};
    showLive(
      () => text,
      output,
      (work) => {
        look = work;
        return () => {};
      },
    );
    const seen = [];
    for (text of ["b", "c", "c", "c"]) {
      look();
      seen.push(written.join(""));
      now += 1000;
    }
    expect(seen).to.deep.equal(["b\n", "b\n", "b\nc\n", "b\nc\n"]);
  });

  it("counts parked events by reason", () => {
    const reach = { accepted: 12, stored: 9, parked: 3, archived: 8, refusedByIam: 1 };
    const parkedByReason = { "not-json": 2, "too-large": 1 };
    expect(liveLine({ ...reach, parkedByReason })).to.equal(
      "accepted 12  stored 9  archived 8  refused by IAM 1  parked 3 (2 not-json, 1 too-large)",
    );
    expect(liveLine({ ...reach, parked: 0, parkedByReason: {} })).to.match(/ {2}parked 0$/);
  });
});

describe("what a command prints", () => {
  it("has colours on a terminal that has some, and only there", () => {
    const written = [{ columns: 80, colors: true }, { columns: 80, colors: false }, undefined].map((terminal) => {
      const { written, stream } = recordedStream(terminal);
      createOutput(stream).line("nothing lost", Tone.Good);
      return written.join("");
    });
    expect(written).to.deep.equal(["\u001b[32mnothing lost\u001b[39m\n", "nothing lost\n", "nothing lost\n"]);
  });

  it("rewrites its progress on a terminal, within its columns", () => {
    const unknown = recordedStream({ columns: 0, colors: false });
    createOutput(unknown.stream).progress("x".repeat(100));
    expect(unknown.written).to.deep.equal(["x".repeat(79)]);

    const { written, stream } = recordedStream({ columns: 6, colors: false });
    let now = 0;
    const output = createOutput(stream, () => now);
    expect(output.progress("one and more")).to.equal(true);
    expect(output.progress("two"), "too soon").to.equal(false);
    now = 1000;
    expect(output.progress("two")).to.equal(true);
    output.line("done");
    expect(written).to.deep.equal(["one a", "\r\u001b[2K", "two", "\r\u001b[2K", "done\n"]);
  });
});
