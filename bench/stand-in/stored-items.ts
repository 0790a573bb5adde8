import { createHash } from "node:crypto";
import { parseDecimal } from "../../functions/shared/decimal-text.ts";
import type { KeptBody } from "./kept-bodies.ts";

type AttributeValue = Readonly<Record<string, unknown>>;
type Item = Readonly<Record<string, AttributeValue>>;

interface WriteRequest {
  readonly RequestItems?: Readonly<Record<string, readonly { readonly PutRequest: { readonly Item: Item } }[]>>;
  readonly Item?: Item;
}

/** What was stored: of requests for the same key the last one counts. */
export interface Stored {
  /** Puts, also of the same key. */
  readonly puts: number;
  /** Different keys. */
  readonly items: number;
  /** SHA-256 of all items: the same for the same items, in whatever order and spelling they were sent. */
  readonly digest: string;
}

/**
 * Digests the bodies of BatchWriteItem and PutItem requests.
 * @throws SyntaxError for a body that is not JSON
 */
export function digestOfItems(bodies: Iterable<KeptBody>, keyNames: readonly string[]): Stored {
  const texts = new Map<string, string>();
  let puts = 0;
  for (const { body, count } of bodies) {
    const request = JSON.parse(body.toString()) as WriteRequest;
    const written = Object.values(request.RequestItems ?? {}).flat();
    const items = request.Item === undefined ? written.map(({ PutRequest }) => PutRequest.Item) : [request.Item];
    for (const item of items) {
      puts += count;
      texts.set(keyNames.map((name) => item[name]?.["S"]).join(" "), mapText(item));
    }
  }
  const hash = createHash("sha256");
  for (const key of [...texts.keys()].sort()) hash.update(`${texts.get(key)}\n`);
  return { puts, items: texts.size, digest: hash.digest("hex") };
}

function mapText(fields: Item): string {
  const names = Object.keys(fields).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${valueText(fields[name] as AttributeValue)}`).join(",")}}`;
}

/** One spelling for each value: DynamoDB stores 1e2 and 100 as the same number. */
function valueText(value: AttributeValue): string {
  const [type = "", content] = Object.entries(value)[0] ?? [];
  if (type === "M") return `M${mapText(content as Item)}`;
  if (type === "L") return `L[${(content as readonly AttributeValue[]).map(valueText).join(",")}]`;
  if (type === "N") return `N${JSON.stringify(parseDecimal(String(content)))}`;
  return `${type}${JSON.stringify(content)}`;
}
