import type { System } from "../system.ts";
import { type Breakage, breakages } from "./breakages.ts";
import { selfTestEvents } from "./events.ts";
import { type Proof, prove } from "./prove.ts";

/** Events of one run of the self-test. */
const SELF_TEST_EVENTS = 300;

/** What became of a breakage: `not met` says nothing about the proof, because nothing was broken in that run. */
export const Verdict = { Caught: "caught", Missed: "missed", NotMet: "not met" } as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/** One run of the self-test. */
export interface SelfTestResult {
  readonly name: string;
  readonly verdict: Verdict;
  /** Verdict, name and reason, as the command prints them. */
  readonly sentence: string;
  /** What the proof complained of. */
  readonly open: readonly string[];
}

/** Breaks the system one way after the other, and at the end not at all: the proof must complain of each for its own reason, and of nothing at the end. */
export async function selfTest(
  system: System,
  seed: number,
  onResult: (result: SelfTestResult) => void,
): Promise<SelfTestResult[]> {
  const results: SelfTestResult[] = [];
  const lines = selfTestEvents(SELF_TEST_EVENTS, seed);
  for (const make of breakages) {
    const breakage = make();
    const proof = await prove(system, { seed, lines, faults: breakage.faults, breakage });
    results.push(judge(breakage, proof));
    onResult(results.at(-1)!);
  }
  results.push(judgeUnbroken(await prove(system, { seed, lines, faults: "" })));
  onResult(results.at(-1)!);
  return results;
}

/** Whether the proof complained of a breakage, for the reason that it must have. */
export function judge(
  breakage: Pick<Breakage, "name" | "complaint" | "faults">,
  { open, breakageMet }: Pick<Proof, "open" | "breakageMet">,
): SelfTestResult {
  const { name, complaint, faults } = breakage;
  const said = open.join("; ") || "nothing";
  const found = open.find((sentence) => sentence.startsWith(complaint));
  if (breakageMet === 0) {
    const why = faults ? `no call was hit by "${faults}"` : "the call that it changes was not made";
    return { name, verdict: Verdict.NotMet, sentence: `NOT MET  ${name}: ${why}, so nothing was broken`, open };
  }
  if (found !== undefined) return { name, verdict: Verdict.Caught, sentence: `caught   ${name}: ${found}`, open };
  const sentence = `MISSED   ${name}: expected "${complaint}", the proof says: ${said}`;
  return { name, verdict: Verdict.Missed, sentence, open };
}

function judgeUnbroken({ open }: Proof): SelfTestResult {
  const name = "nothing is broken";
  if (open.length === 0) {
    return { name, verdict: Verdict.Caught, sentence: `caught   ${name}: the proof complains of nothing`, open };
  }
  return { name, verdict: Verdict.Missed, sentence: `MISSED   ${name}, yet the proof says: ${open.join("; ")}`, open };
}
