import type { InputLine } from "../producer/input.ts";
import { Random } from "../sample/random.ts";
import { sampleEvents } from "../sample/web-analytics.ts";

/** Share of events that the gateway accepts and the table cannot store: they must be parked. */
const UNSTORABLE_SHARE = 0.01;

/** JSON objects that DynamoDB or UTF-8 cannot represent. */
const unstorable: readonly [(id: string) => string, ...((id: string) => string)[]] = [
  (id) => `{"proofId":"${id}","":"a field without a name"}`,
  (id) => `{"proofId":"${id}","number":1234567890123456789012345678901234567890123}`,
  (id) => `{"proofId":"${id}","text":"\\ud800"}`,
  (id) => `{"proofId":"${id}","deep":${"[".repeat(40)}${"]".repeat(40)}}`,
];

/**
 * Distinct events: the sample's, each with its own id, with numbers of all lengths, and some that cannot be stored.
 */
export function proofEvents(count: number, seed: number): InputLine[] {
  const random = new Random(seed);
  return [...sampleEvents({ count, seed })].map((text, index) => {
    const id = `${seed}-${index}`;
    return { number: index + 1, bytes: Buffer.from(proofEvent(text, id, random)) };
  });
}

function proofEvent(text: string, id: string, random: Random): string {
  if (random.chance(UNSTORABLE_SHARE)) return random.pick(unstorable)(id);
  return `{"proofId":"${id}","exact":${random.digits(random.integer(1, 38))},${text.slice(1)}`;
}

/** Events of the self-test: a proof's, followed by one of each kind that must be parked. */
export function selfTestEvents(count: number, seed: number): InputLine[] {
  const parked = unstorable.map((make, index) => Buffer.from(make(`${seed}-parked-${index}`)));
  const lines = proofEvents(count - parked.length, seed);
  return [...lines, ...parked.map((bytes, index) => ({ number: lines.length + index + 1, bytes }))];
}

/** The first `count` lines of a file, repeated from the top when there are fewer. They need not be distinct. */
export function repeatedLines(lines: readonly InputLine[], count: number): InputLine[] {
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    bytes: lines[index % lines.length]!.bytes,
  }));
}
