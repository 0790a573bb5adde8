import { Random } from "../../local/sample/random.ts";

/** Bytes of every event, as in the figures of the issue that asked for these benchmarks. */
export const EVENT_BYTES = 360;

const START = Date.UTC(2026, 0, 5, 8, 0, 0);

const paths = [
  "/",
  "/pricing",
  "/docs/getting-started",
  "/blog/2026/warum-ströme",
  "/cart",
  "/search?q=events",
] as const;
const users = ["ada", "grace.hopper", "Žofie Nováková", "李小龍", "o'brien", "zoë"] as const;
const agents = ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "curl/8.14.1"] as const;

/**
 * Invented page views of `EVENT_BYTES` bytes, as JSON texts. Every number is one that a double carries in the text that
 * `JSON.stringify` writes, and there are no nulls, empty strings or equal names: so every variant stores the same item.
 */
export function plainEvents(count: number, seed: number): readonly string[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, index) => filled(JSON.stringify(pageView(random, index))));
}

/**
 * Events that only an exact pipeline carries: numbers of 19 to 30 digits, trailing zeros, exponents, nulls, empty
 * strings, equal names. One of 300 can never be stored and is parked: by turns not JSON, and half of a surrogate pair.
 */
export function exactEvents(count: number, seed: number): readonly string[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, index) => {
    const parked = index % PARKED_PERIOD === PARKED_PERIOD - 1 ? Math.ceil(index / PARKED_PERIOD) : 0;
    if (parked > 0 && parked % 2 === 1) return "x".repeat(EVENT_BYTES);
    const text = JSON.stringify({ ...pageView(random, index), agent: "", user: null }).slice(0, -1);
    const numbers = `"sessionId":${random.digits(19)},"total":${random.digits(28)}.10,"rate":1.50e-7`;
    const surrogate = parked > 0 ? ',"half":"\\ud83d"' : "";
    return filled(`${text},${numbers},"status":${random.integer(200, 599)}${surrogate}}`);
  });
}

/** One record of so many of `exactEvents` is parked. */
export const PARKED_PERIOD = 300;

function pageView(random: Random, index: number) {
  return {
    event: "page view",
    timestamp: new Date(START + index * 731).toISOString(),
    user: random.pick(users),
    path: random.pick(paths),
    status: random.pick([200, 200, 301, 404]),
    bytes: random.integer(1, 250_000),
    seconds: random.integer(1, 3_000) / 100,
    agent: random.pick(agents),
    isNew: random.chance(0.5),
    tags: ["new", "a/b"],
    position: { slot: random.integer(-1, 3), weight: random.integer(1, 99) / 100 },
  };
}

/** The object with one more text, so that it has exactly `EVENT_BYTES` bytes. @throws RangeError when it is larger */
function filled(text: string): string {
  const missing = EVENT_BYTES - Buffer.byteLength(text) - ',"fill":""'.length;
  if (missing < 1) throw new RangeError(`an event has ${Buffer.byteLength(text)} bytes, over ${EVENT_BYTES}: ${text}`);
  return `${text.slice(0, -1)},"fill":"${"f".repeat(missing)}"}`;
}
