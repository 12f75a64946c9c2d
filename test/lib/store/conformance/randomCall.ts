import fc from 'fast-check';
import type { Store } from '../../../../lib/store';

/** A question or a change for a store; `idOf` gives the id of the SMS that was picked. */
export interface RandomCall {
  ask(store: Store, idOf: (pick: number) => number): Promise<unknown>;
  toString(): string;
}

/** Calls with random arguments, shown by fast-check by their name and arguments. */
export const call = <T>(
  name: string,
  args: fc.Arbitrary<T>,
  ask: (args: T, ...given: Parameters<RandomCall['ask']>) => Promise<unknown>,
) =>
  args.map((given): RandomCall => {
    const shown = `${name} ${fc.stringify(given)}`;
    return Object.assign(
      { ask: (...rest: Parameters<RandomCall['ask']>) => ask(given, ...rest), toString: () => shown },
      {
        [fc.toStringMethod]: () => shown,
      },
    );
  });
