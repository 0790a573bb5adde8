/** The literal beginning of every key that Firehose makes from a prefix: the text before the first expression. */
export function literalStart(prefix: string): string {
  return prefix.split("!{")[0] ?? "";
}

/** The parts of a Java date pattern that are not quoted. */
const unquoted = (pattern: string) => pattern.replaceAll(/'(?:[^']|'')*'/g, "");

/**
 * The reason that Firehose refuses a prefix, or makes unexpected keys of it; undefined if there is none (Firehose
 * guide, "Custom prefixes for Amazon S3 objects").
 */
export function expressionProblem(prefix: string, { isError }: { readonly isError: boolean }): string | undefined {
  let problem: string | undefined;
  const rest = prefix.replaceAll(/!\{([^{}:]*):([^{}]*)\}/g, (whole, namespace: string, value: string) => {
    problem ??= namespaceProblem(whole, namespace, value, isError);
    return "";
  });
  return problem ?? (rest.includes("!{") ? "!{ can only begin an expression, !{namespace:value}" : undefined);
}

function namespaceProblem(whole: string, namespace: string, value: string, isError: boolean): string | undefined {
  if (namespace === "timestamp") {
    return unquoted(value).includes("Y")
      ? `Y in ${whole} is the year that the week belongs to, another one around the first of January; ` +
          `the year is y: ${whole.replaceAll("Y", "y")}`
      : undefined;
  }
  if (namespace.startsWith("partitionKeyFrom"))
    return (
      `${whole} needs dynamic partitioning, ` +
      `which the delivery stream does not have: AWS allows it at its creation only`
    );
  if (namespace !== "firehose") return `${whole} has no such namespace; there are timestamp and firehose`;
  if (value === "random-string" || (value === "error-output-type" && isError)) return undefined;
  return value === "error-output-type"
    ? `${whole} stands in the error prefix only`
    : `${whole} is not known; there is !{firehose:random-string}`;
}
