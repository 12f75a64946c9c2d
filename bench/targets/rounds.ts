/** The middle one. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** What that share of the values, from 0 to 1, doesn't exceed. */
export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

/** Runs all works in turn, `rounds` times over, so that whatever the machine does besides meets each of them alike. */
export async function alternating<Name extends string, Result>(
  rounds: number,
  works: Readonly<Record<Name, () => Promise<Result>>>,
): Promise<Record<Name, Result[]>> {
  const results = {} as Record<Name, Result[]>;
  for (const name of Object.keys(works) as Name[]) results[name] = [];
  for (let round = 0; round < rounds; round++) {
    for (const name of Object.keys(works) as Name[]) results[name].push(await works[name]());
  }
  return results;
}

/** The median of one of the figures of some runs. */
export const middle = <Run>(runs: readonly Run[], figure: (run: Run) => number): number => median(runs.map(figure));
