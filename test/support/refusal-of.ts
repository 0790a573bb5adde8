/**
 * Code and message of a rejection, such as `ConflictException: Stage already exists`; throws when the promise does not
 * reject.
 */
export async function refusalOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error("it was expected to be refused");
  return `${error.name}: ${error.message}`;
}
