import { isRegion } from "../../aws/partitions.ts";

/** A rule for one text, checked both in a component's args and in the configuration. */
export interface TextRule {
  readonly pattern: Pick<RegExp, "test">;
  /** What is allowed, in words. */
  readonly allowed: string;
  /** A valid text, as one would write it. */
  readonly example: string;
  /** Names what an invalid text is instead, if it can be recognised. */
  readonly mistaken?: (text: string) => string | undefined;
}

/** Names and ids of IAM. */
export const iamRules = {
  accountId: { pattern: /^\d{12}$/, allowed: "an account id of 12 digits", example: "111111111111" },
  roleName: { pattern: /^[\w+=,.@-]{1,64}$/, allowed: "1 to 64 letters, digits and +=,.@_-", example: "my-role" },
  rolePath: {
    pattern: /^\/([\w+=,.@-]+\/)*$/,
    allowed: 'a path that begins and ends with "/"',
    example: "/my-team/",
  },
  externalId: {
    pattern: /^[\w+=,.@:/-]{2,1224}$/,
    allowed: "2 to 1224 letters, digits and +=,.@:/_-",
    example: "a-long-random-word",
  },
} as const satisfies Record<string, TextRule>;

/** Names of a gateway's stage, headers, body paths and origins. */
export const gatewayRules = {
  /** HTTP allows more characters; API Gateway's mapping templates surely handle these. */
  headerName: {
    pattern: /^[A-Za-z][A-Za-z0-9-]{0,127}$/,
    allowed: "the name of a header: 1 to 128 letters, digits and -, a letter first",
    example: "X-Partition-Key",
  },
  /** Names that a mapping template can read without quotes. */
  bodyPath: {
    pattern: /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/,
    allowed: "names joined by dots, each of letters, digits and _, no digit first",
    example: "user.id",
  },
  stageName: { pattern: /^[\w-]{1,128}$/, allowed: "1 to 128 letters, digits, - and _", example: "v1" },
  /** In lower case, as browsers send it: it is compared letter by letter. */
  origin: {
    pattern: /^(\*|https?:\/\/[a-z0-9.-]+(:\d{1,5})?)$/,
    allowed: "one origin (scheme, host and perhaps a port, in lower case), or *",
    example: "https://app.example.com",
  },
} as const satisfies Record<string, TextRule>;

/** Names of a table's indexes and of their attributes. */
export const tableRules = {
  indexName: { pattern: /^[\w.-]{3,255}$/, allowed: "3 to 255 letters, digits and _.-", example: "by-user" },
  attributeName: { pattern: /^.{1,255}$/s, allowed: "1 to 255 characters", example: "userId" },
  eventPath: { pattern: /^[^.]+(\.[^.]+)*$/, allowed: "names joined by dots", example: "user.id" },
} as const satisfies Record<string, TextRule>;

/** Prefixes of the keys of delivered objects. */
export const deliveryRules = {
  prefix: {
    pattern: /^[^/!].{0,1022}\/$/,
    allowed: 'a prefix that begins with a name and ends with "/"',
    example: "events/",
  },
  /** Firehose demands the type of the error in it. */
  errorPrefix: {
    pattern: /^[^/!].*!\{firehose:error-output-type\}.*\/$/,
    allowed: 'a prefix that begins with a name, has !{firehose:error-output-type} in it and ends with "/"',
    example: "failed/!{firehose:error-output-type}/",
  },
} as const satisfies Record<string, TextRule>;

/** Regions. */
export const placeRules = {
  region: { pattern: { test: isRegion }, allowed: "the name of a region", example: "us-east-1" },
} as const satisfies Record<string, TextRule>;
