/** How often a test repeats what it repeats: few times in `npm test`, as often as a variable of the environment says in `npm run test:long`. */
export function runsOf(variable: string, usual: number): number {
  const text = process.env[variable];
  if (text === undefined) return usual;
  const runs = Number(text);
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`${variable} is ${text}; expected a whole number above 0`);
  return runs;
}

/** The seed of a property: another one each time, unless SEED says which; it stands in the test's title. */
export const seed = Number(process.env["SEED"] ?? Math.trunc(Math.random() * 2 ** 31));
