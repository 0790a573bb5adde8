import type { PartialFailure } from "../kernel/fault-port.ts";

interface Batch {
  readonly Records: readonly { readonly Data: string }[];
}

/**
 * How an operation on `Records` fails for some of them: the others are done, and every record has its answer at its
 * position.
 */
export interface PartialRecords {
  /** The member of the answer that has one element for each record. */
  readonly answers: string;
  /** What stands there for a record that failed. */
  readonly failure: { readonly ErrorCode: string; readonly ErrorMessage: string };
  identity(data: string): string;
  /** The whole answer. @param failed how many records failed, those that the service refused included. */
  answer(answers: readonly unknown[], failed: number): unknown;
}

/** The partial failure of such an operation. */
export function partialRecords({ answers, failure, identity, answer }: PartialRecords): PartialFailure {
  return {
    identities: (params) => (params as Batch).Records.map(({ Data }) => identity(Data)),
    async run(params, failed, run) {
      const batch = params as Batch;
      const Records = batch.Records.filter((_, index) => !failed.has(index));
      const done = Records.length === 0 ? {} : ((await run({ ...batch, Records })) as Record<string, unknown[]>);
      const left = [...(done[answers] ?? [])];
      const all = batch.Records.map((_, index) => (failed.has(index) ? failure : left.shift()));
      return answer(all, all.filter((one) => (one as { ErrorCode?: string }).ErrorCode !== undefined).length);
    },
  };
}
