import type { PartialFailure } from "../kernel/fault-port.ts";

interface Batch {
  readonly Records: readonly { readonly Data: string }[];
}

/**
 * The partial failure of an operation on `Records`: some fail, the others succeed, and every record's result is at its
 * position.
 */
export interface PartialRecords {
  /** The member of the response with one result for each record. */
  readonly answers: string;
  /** The result of a failed record. */
  readonly failure: { readonly ErrorCode: string; readonly ErrorMessage: string };
  identity(data: string): string;
  /** The whole response. @param failed number of failed records, those that the service refused included. */
  answer(answers: readonly unknown[], failed: number): unknown;
}

/** A `PartialFailure` from its parts. */
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
