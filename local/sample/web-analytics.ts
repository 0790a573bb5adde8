import { Random } from "./random.ts";

/** Time of the sample's first event. */
const START = Date.UTC(2026, 0, 5, 8, 0, 0);

const paths = [
  "/",
  "/pricing",
  "/docs/getting-started",
  "/docs/api?version=2&lang=en",
  "/blog/2026/warum-ströme",
  "/search?q=%E3%82%B9%E3%83%88%E3%83%AA%E3%83%BC%E3%83%A0",
  "/cart",
  "/images/logo.svg",
  "/favicon.ico",
] as const;

const referrers = [
  "",
  "",
  "",
  "https://www.example.com/",
  "https://search.example.net/?q=event+streams&source=web",
  "https://news.example.org/日本/記事",
] as const;

const userAgents = [
  "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36",
  'curl/8.14.1 "quoted" \\ back\\slash',
  "",
] as const;

const users = ["ada", "grace.hopper", "Žofie Nováková", "李小龍", "o'brien", "نور", "zoë 🦊"] as const;

const campaigns = ["spring-sale", "newsletter 12", "Frühjahr & Sommer", "限定セール"] as const;

const statuses = [200, 200, 200, 200, 200, 200, 301, 304, 404, 500] as const;

/**
 * Invented page views of a web site, each as one line of JSON (without the line end). The same seed gives the same
 * texts.
 *
 * They contain plausible values that break careless pipelines: nulls and empty strings, texts in many scripts, quotes
 * and backslashes, decimals, a session id of 19 digits (more than a double has), nested objects and arrays, optional
 * fields.
 */
export function* sampleEvents(options: { readonly count: number; readonly seed: number }): Generator<string, void> {
  const random = new Random(options.seed);
  let time = START;
  for (let index = 0; index < options.count; index++) {
    time += random.integer(0, 1500);
    yield pageView(random, time);
  }
}

function pageView(random: Random, time: number): string {
  const status = random.pick(statuses);
  const event = {
    event: "page view",
    timestamp: new Date(time).toISOString(),
    clientIp: [random.integer(1, 223), random.integer(0, 255), random.integer(0, 255), random.integer(1, 254)].join(
      ".",
    ),
    user: random.chance(0.4) ? random.pick(users) : null,
    method: random.chance(0.9) ? "GET" : "POST",
    path: random.pick(paths),
    protocol: random.chance(0.7) ? "HTTP/2.0" : "HTTP/1.1",
    status,
    bytes: status === 304 ? null : random.integer(0, 250_000),
    seconds: random.integer(1, 3000) / 100,
    referrer: random.pick(referrers),
    userAgent: random.pick(userAgents),
    ...(random.chance(0.2) ? { campaign: campaign(random) } : {}),
  };
  // Inserted as text, because a JavaScript number would be rounded.
  return `${JSON.stringify(event).slice(0, -1)},"sessionId":${random.digits(19)}}`;
}

function campaign(random: Random) {
  return {
    name: random.pick(campaigns),
    medium: random.chance(0.5) ? "email" : "",
    tags: Array.from({ length: random.integer(0, 3) }, () => random.pick(["new", "returning", "a/b", ""])),
    position: { slot: random.integer(-1, 3), weight: random.integer(0, 100) / 100, experiment: {} },
  };
}
