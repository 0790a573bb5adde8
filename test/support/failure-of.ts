/** The message of the error that this rejects with; throws when it does not reject. */
export async function failureOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error("it was expected to fail");
  return error.message;
}
