/** What one run of a variant measured: figures by name. A variant measures the same names in every round. */
export type Sample = Readonly<Record<string, number>>;

/** One way to do the work. */
export interface Variant {
  readonly name: string;
  /** Does the work once, in a process of its own, and measures it there. */
  measure(): Promise<Sample>;
}

/**
 * Measures all variants once per round, one after the other, so that a slow minute of the machine meets all of them.
 * The order turns by one place per round.
 * @param options.rounds at least 1
 * @returns the samples by variant, in the order of the rounds
 * @throws the first variant's error
 */
export async function interleave(
  variants: readonly Variant[],
  options: { readonly rounds: number; readonly onRun?: (variant: Variant, round: number) => void },
): Promise<ReadonlyMap<string, readonly Sample[]>> {
  const samples = new Map(variants.map(({ name }) => [name, [] as Sample[]]));
  for (let round = 0; round < options.rounds; round++) {
    const start = round % Math.max(1, variants.length);
    for (const variant of [...variants.slice(start), ...variants.slice(0, start)]) {
      options.onRun?.(variant, round);
      samples.get(variant.name)?.push(await variant.measure());
    }
  }
  return samples;
}

/** The median; of an even count the mean of the two in the middle. @throws RangeError for an empty list */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("there is no median of no values: a variant was never measured");
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/** The median of one figure over a variant's samples. @throws Error that names the figure when a sample lacks it */
export function medianOf(samples: readonly Sample[] | undefined, figure: string): number {
  return median(
    (samples ?? []).map((sample) => {
      const value = sample[figure];
      if (value === undefined) {
        throw new Error(`a sample has no figure "${figure}"; it has ${Object.keys(sample).join(", ")}`);
      }
      return value;
    }),
  );
}

/**
 * The median over the rounds of one figure's ratio between two variants of the same round: a slow round slows both.
 * @throws RangeError when the variants have different numbers of samples, or none
 */
export function medianRatio(
  samples: readonly Sample[] | undefined,
  others: readonly Sample[] | undefined,
  figure: string,
): number {
  if (samples?.length !== others?.length) {
    throw new RangeError(`${samples?.length ?? 0} rounds cannot be held against ${others?.length ?? 0}`);
  }
  return median(
    (samples ?? []).map(
      (sample, round) => medianOf([sample], figure) / medianOf(others?.slice(round, round + 1), figure),
    ),
  );
}
