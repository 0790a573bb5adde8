import { isRegion } from "../../aws/partitions.ts";

/** What a text has to look like: the one rule that both a component's args and the configuration keep. */
export interface TextForm {
  readonly form: Pick<RegExp, "test">;
  /** What is allowed, in words. */
  readonly allowed: string;
  /** A text of this form, as one would write it. */
  readonly example: string;
  /** What a text of another form is instead, where that can be told. */
  readonly mistaken?: (text: string) => string | undefined;
}

/** Names and ids of IAM. */
export const iamForms = {
  accountId: { form: /^\d{12}$/, allowed: "an account id of 12 digits", example: "111111111111" },
  roleName: { form: /^[\w+=,.@-]{1,64}$/, allowed: "1 to 64 letters, digits and +=,.@_-", example: "my-role" },
  rolePath: {
    form: /^\/([\w+=,.@-]+\/)*$/,
    allowed: 'a path that begins and ends with "/"',
    example: "/my-team/",
  },
  externalId: {
    form: /^[\w+=,.@:/-]{2,1224}$/,
    allowed: "2 to 1224 letters, digits and +=,.@:/_-",
    example: "a-long-random-word",
  },
} as const satisfies Record<string, TextForm>;

/** What a gateway reads of a request, and how it is called. */
export const gatewayForms = {
  /** HTTP would allow more; API Gateway's mapping templates and access to headers are sure of these. */
  headerName: {
    form: /^[A-Za-z][A-Za-z0-9-]{0,127}$/,
    allowed: "the name of a header: 1 to 128 letters, digits and -, a letter first",
    example: "X-Partition-Key",
  },
  /** Names that a template can read without quoting. */
  bodyPath: {
    form: /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/,
    allowed: "names joined by dots, each of letters, digits and _, no digit first",
    example: "user.id",
  },
  stageName: { form: /^[\w-]{1,128}$/, allowed: "1 to 128 letters, digits, - and _", example: "v1" },
  /** In lower case, as browsers send it: it is compared letter by letter. */
  origin: {
    form: /^(\*|https?:\/\/[a-z0-9.-]+(:\d{1,5})?)$/,
    allowed: "one origin (scheme, host and perhaps a port, in lower case), or *",
    example: "https://app.example.com",
  },
} as const satisfies Record<string, TextForm>;

/** Names of a table's indexes, and of what fills them. */
export const tableForms = {
  indexName: { form: /^[\w.-]{3,255}$/, allowed: "3 to 255 letters, digits and _.-", example: "by-user" },
  attributeName: { form: /^.{1,255}$/s, allowed: "1 to 255 characters", example: "userId" },
  eventPath: { form: /^[^.]+(\.[^.]+)*$/, allowed: "names joined by dots", example: "user.id" },
} as const satisfies Record<string, TextForm>;

/** What the keys of delivered objects begin with. */
export const deliveryForms = {
  prefix: {
    form: /^[^/!].{0,1022}\/$/,
    allowed: 'a prefix that begins with a name and ends with "/"',
    example: "events/",
  },
  /** Firehose wants the kind of error in it. */
  errorPrefix: {
    form: /^[^/!].*!\{firehose:error-output-type\}.*\/$/,
    allowed: 'a prefix that begins with a name, has !{firehose:error-output-type} in it and ends with "/"',
    example: "failed/!{firehose:error-output-type}/",
  },
} as const satisfies Record<string, TextForm>;

/** Where something is. */
export const placeForms = {
  region: { form: { test: isRegion }, allowed: "the name of a region", example: "us-east-1" },
} as const satisfies Record<string, TextForm>;
