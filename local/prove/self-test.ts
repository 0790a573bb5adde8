import { parseFaults } from "../faults/spec.ts";
import type { System } from "../system.ts";
import { type Breakage, breakages } from "./breakages.ts";
import { selfTestEvents } from "./events.ts";
import { type Proof, prove } from "./prove.ts";

/** Events of one run of the self-test. */
const SELF_TEST_EVENTS = 300;

/** The result for a breakage. `not met`: the breakage had no effect in that run, so the proof was not tested. */
export const Verdict = { Caught: "caught", Missed: "missed", NotMet: "not met" } as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/** One run of the self-test. */
export interface SelfTestResult {
  readonly name: string;
  readonly verdict: Verdict;
  /** Verdict, name and reason, as the command prints them. */
  readonly sentence: string;
  /** The violations that the proof reported. */
  readonly open: readonly string[];
}

/**
 * Runs the proof with each breakage, which it must report for the right reason, and at the end without any, where it
 * must report nothing.
 */
export async function selfTest(
  system: System,
  seed: number,
  onResult: (result: SelfTestResult) => void,
): Promise<SelfTestResult[]> {
  const results: SelfTestResult[] = [];
  const lines = selfTestEvents(SELF_TEST_EVENTS, seed);
  for (const make of breakages) {
    const breakage = make();
    const faults = parseFaults(breakage.faults, system.cloud.faultable);
    const proof = await prove(system, { seed, lines, faults, breakage });
    results.push(judge(breakage, proof));
    onResult(results.at(-1)!);
  }
  results.push(judgeUnbroken(await prove(system, { seed, lines, faults: [] })));
  onResult(results.at(-1)!);
  return results;
}

/** Judges whether the proof reported a breakage for the right reason. */
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
    return { name, verdict: Verdict.Caught, sentence: `caught   ${name}: the proof reports no violation`, open };
  }
  return { name, verdict: Verdict.Missed, sentence: `MISSED   ${name}, yet the proof says: ${open.join("; ")}`, open };
}
