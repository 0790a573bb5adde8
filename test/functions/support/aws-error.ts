/** An error as the AWS SDK throws it. */
export function awsError(name: string, options: { message?: string; status?: number; code?: string } = {}): Error {
  return Object.assign(new Error(options.message ?? `${name} for a test`), {
    name,
    code: options.code,
    $metadata: { httpStatusCode: options.status ?? 400 },
  });
}
