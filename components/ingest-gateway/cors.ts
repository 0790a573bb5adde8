import type { Problem } from "../checks.ts";
import { matches } from "../checks.ts";
import { corsDefaults } from "../defaults/gateway.ts";
import { gatewayRules } from "../defaults/text-rules.ts";
import type { CorsArgs } from "./args.ts";
import { copyHeader } from "./templates/headers.ts";

const ANY = "*";
const ALLOW_ORIGIN = "Access-Control-Allow-Origin";

type Headers = Readonly<Record<string, string>>;

const toBeRead: Headers = { "Access-Control-Expose-Headers": corsDefaults.exposedHeaders.join(",") };

/** Everything that is wrong with the origins. */
export function originProblems(cors: CorsArgs | undefined): readonly Problem[] {
  if (!cors) return [];
  const origins = originsOf(cors);
  return [
    origins.length === 0
      ? `cors.allowOrigins is an empty list; leave cors out if no page may send, or ` +
        `write cors.allowOrigins: ["${gatewayRules.origin.example}"]`
      : undefined,
    origins.length > 1 && origins.includes(ANY)
      ? `cors.allowOrigins has ${ANY} among other origins; ${ANY} is all of them: ` +
        `write cors.allowOrigins: ["${ANY}"], or leave it out of the list`
      : undefined,
    ...origins.map((origin, index) => matches(`cors.allowOrigins[${index}]`, origin, gatewayRules.origin)),
  ];
}

/**
 * CORS headers of a route's answers that are the same for every request. With several origins, `allowOriginLines` sets
 * the one that differs.
 */
export function answerCorsHeaders(cors: CorsArgs | undefined): Headers {
  if (!cors) return {};
  const [origin, ...others] = originsOf(cors);
  return { ...(others.length > 0 ? { Vary: "Origin" } : { [ALLOW_ORIGIN]: origin ?? "" }), ...toBeRead };
}

/**
 * CORS headers of the answers that API Gateway gives itself. It cannot choose a header by the request there: with
 * several origins, any page may read these answers, which hold a message and a request id. Otherwise no page would see
 * a 429 with its Retry-After.
 */
export function gatewayAnswerCorsHeaders(cors: CorsArgs | undefined): Headers {
  if (!cors) return {};
  const [origin, ...others] = originsOf(cors);
  return { [ALLOW_ORIGIN]: others.length > 0 ? ANY : (origin ?? ""), ...toBeRead };
}

/**
 * Lines of an answer's template that allow the request's origin if it is one of several; none where a constant header
 * does.
 */
export function allowOriginLines(cors: CorsArgs | undefined): readonly string[] {
  const origins = cors ? originsOf(cors) : [];
  if (origins.length < 2) return [];
  return [
    ...copyHeader("$origin", "Origin"),
    `#if(${origins.map((origin) => `$origin == "${origin}"`).join(" || ")})`,
    `#set($context.responseOverride.header.${ALLOW_ORIGIN} = $origin)`,
    `#end`,
  ];
}

function originsOf({ allowOrigins }: CorsArgs): readonly string[] {
  return [...new Set(allowOrigins)];
}
