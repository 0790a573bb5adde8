import { AwsError } from "../../kernel/errors.ts";
import { MAX_BATCH_ENTRIES } from "./limits.ts";

/** What a batch operation answers. */
export interface BatchAnswer {
  readonly Successful: readonly object[];
  readonly Failed: readonly { Id: string; SenderFault: boolean; Code: string; Message: string }[];
}

/**
 * Does the entries of a batch one by one: what fails for one is told of that one. Throws for a batch that is refused as
 * a whole.
 */
export function runBatch<T extends { readonly Id: string }>(
  entries: readonly T[],
  work: (entry: T) => object,
): BatchAnswer {
  checkBatch(entries.map(({ Id }) => Id));
  const Successful: object[] = [];
  const Failed: BatchAnswer["Failed"][number][] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...work(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: error.status < 500, Code: error.code, Message: error.message });
    }
  }
  return { Successful, Failed };
}

function checkBatch(ids: readonly string[]): void {
  if (ids.length === 0) {
    throw new AwsError("EmptyBatchRequest", "There should be at least one entry in the request.");
  }
  if (ids.length > MAX_BATCH_ENTRIES) {
    throw new AwsError(
      "TooManyEntriesInBatchRequest",
      `Maximum number of entries per request are ${MAX_BATCH_ENTRIES}. You have sent ${ids.length}.`,
    );
  }
  if (ids.some((id) => !/^[\w-]{1,80}$/.test(id))) {
    throw new AwsError(
      "InvalidBatchEntryId",
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
    );
  }
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw new AwsError("BatchEntryIdsNotDistinct", `Id ${repeated} repeated.`);
}
