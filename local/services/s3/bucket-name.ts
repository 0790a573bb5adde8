/**
 * Rules for the names of general purpose buckets, each with its message. Source: S3 user guide, "Bucket naming rules".
 */
const rules: readonly (readonly [isBroken: (name: string) => boolean, message: string])[] = [
  [(name) => name.length < 3 || name.length > 63, "must have 3 to 63 characters"],
  [(name) => /[^a-z0-9.-]/.test(name), "must consist of a-z, 0-9, dots and hyphens"],
  [(name) => /^[.-]|[.-]$/.test(name), "must begin and end with a letter or a digit"],
  [(name) => name.includes(".."), "must not have two dots in a row"],
  [(name) => /^\d+\.\d+\.\d+\.\d+$/.test(name), "must not look like an IP address"],
  [(name) => /^(xn--|sthree-|amzn-s3-demo-)/.test(name), "must not begin with xn--, sthree- or amzn-s3-demo-"],
  [
    (name) => /(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name),
    "must not end with -s3alias, --ol-s3, .mrap, --x-s3 or --table-s3",
  ],
];

/** The rules that a bucket's name breaks: one message each. */
export function bucketNameMistakes(name: string): readonly string[] {
  return rules.filter(([isBroken]) => isBroken(name)).map(([, message]) => message);
}
