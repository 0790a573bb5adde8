import type { InputLine } from "./input.ts";
import { type LineTraits, traitsOf } from "./line-traits.ts";

/** The gateway's routes and body formats. */
export const Route = { Single: "single", Envelope: "envelope", JsonLines: "json-lines" } as const;
export type Route = (typeof Route)[keyof typeof Route];

/** A request, and its lines in order. */
export interface GatewayRequest {
  readonly route: Route;
  readonly lines: readonly InputLine[];
}

/** Size limit of a batch, well below the gateway's limits (500 events, 10 MB). */
const BATCH_MAX_BYTES = 1024 * 1024;

/** Distribution of events: the share of each route in every round. */
const ROUND: readonly { readonly route: Route; readonly events: number; readonly requestSize: number }[] = [
  { route: Route.Single, events: 20, requestSize: 1 },
  { route: Route.Envelope, events: 180, requestSize: 180 },
  { route: Route.JsonLines, events: 300, requestSize: 300 },
];

/**
 * Distributes lines over the routes: a round of 20 single events, an envelope of up to 180, JSON Lines of up to 300.
 * Events whose value an envelope changes are sent as JSON Lines. Events that neither keeps, and lines that are not a
 * JSON object in UTF-8, are sent alone, so that a refusal is about one line.
 */
export class RequestBuilder {
  #position = 0;
  readonly #open = new Map<Route, { lines: InputLine[]; bytes: number }>();

  /** Adds a line; returns the requests that are complete now. */
  add(line: InputLine): GatewayRequest[] {
    const traits = traitsOf(line.bytes);
    if (!traits.isEvent) return [{ route: Route.Single, lines: [line] }];
    const route = possibleRoute(this.#nextRoute().route, traits);
    if (route === Route.Single) return [{ route, lines: [line] }];
    const full: GatewayRequest[] = [];
    const open = this.#open.get(route);
    if (open && open.bytes + line.bytes.length > BATCH_MAX_BYTES) full.push(this.#close(route));
    const batch = this.#open.get(route) ?? { lines: [], bytes: 0 };
    this.#open.set(route, batch);
    batch.lines.push(line);
    batch.bytes += line.bytes.length + 1;
    const size = ROUND.find((part) => part.route === route)?.requestSize ?? 1;
    if (batch.lines.length >= size) full.push(this.#close(route));
    return full;
  }

  /** The remaining requests. */
  finish(): GatewayRequest[] {
    return [...this.#open.keys()].map((route) => this.#close(route));
  }

  #nextRoute(): { route: Route } {
    const total = ROUND.reduce((sum, part) => sum + part.events, 0);
    let position = this.#position++ % total;
    for (const part of ROUND) {
      if (position < part.events) return part;
      position -= part.events;
    }
    return { route: Route.Single };
  }

  #close(route: Route): GatewayRequest {
    const lines = this.#open.get(route)?.lines ?? [];
    this.#open.delete(route);
    return { route, lines };
  }
}

function possibleRoute(planned: Route, traits: LineTraits): Route {
  if (planned === Route.Single || (planned === Route.Envelope && traits.isEnvelopeSafe)) return planned;
  return traits.isLineSafe ? Route.JsonLines : Route.Single;
}

/** Path, content type and body of a request. */
export function renderRequest(request: GatewayRequest): { path: string; contentType: string; body: Buffer } {
  const { lines } = request;
  if (request.route === Route.Single)
    return { path: "/events", contentType: "application/json", body: lines[0]?.bytes ?? Buffer.alloc(0) };
  const separator = Buffer.from(request.route === Route.Envelope ? "," : "\n");
  const joined = lines.flatMap((line, index) => (index === 0 ? [line.bytes] : [separator, line.bytes]));
  if (request.route === Route.JsonLines) {
    return { path: "/events/batch", contentType: "application/x-ndjson", body: Buffer.concat(joined) };
  }
  return {
    path: "/events/batch",
    contentType: "application/json",
    body: Buffer.concat([Buffer.from('{"events":['), ...joined, Buffer.from("]}")]),
  };
}
