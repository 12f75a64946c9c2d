import { runInNewContext } from 'node:vm';
import type { BalancePlan } from '../../plans';

/** Evaluates a JSONata expression, with the text as `payload`. */
export type ReadByJsonata = (expression: string, text: string) => Promise<unknown>;

/** A USSD text has 182 characters; what is longer is cut before anything is looked for in it. */
const MOST_CHARACTERS = 500;
/** A pattern that needs longer for so short a text would need hours for another one, in ms of a processor. */
const MOST_MS = 100;
/** How often it is tried where the machine was busy with something else meanwhile. */
const MOST_TRIES = 10;

/** The credit that a text tells, by the plan's pattern or expression; null where it can't be read. */
export async function readBalance(
  text: string,
  { read, readType }: Pick<BalancePlan, 'read' | 'readType'>,
  getByJsonata: ReadByJsonata,
): Promise<number | null> {
  const given = text.slice(0, MOST_CHARACTERS);
  try {
    return amountOf(readType === 're' ? found(read, given) : await getByJsonata(read, given));
  } catch {
    // A pattern that takes too long, or an expression that fails, hasn't read it.
    return null;
  }
}

/** What the group of a pattern finds. Throws when that takes too long. */
function found(pattern: string, text: string): unknown {
  for (let tries = 1; ; tries++) {
    const before = process.cpuUsage();
    try {
      const match: unknown = runInNewContext(
        'new RegExp(pattern).exec(text)?.[1]',
        { pattern, text },
        { timeout: MOST_MS, contextCodeGeneration: { strings: false, wasm: false } },
      );
      return match;
    } catch (error) {
      // That limit is of the wall's time.
      const isOurs = process.cpuUsage(before).user >= (MOST_MS * 1000) / 2;
      if (isOurs || tries === MOST_TRIES) throw error;
    }
  }
}

/**
 * An amount as operators write it, with a comma or a point, and with spaces, apostrophes or the other one between thousands.
 * One separator alone is taken for that of the decimals: too little is seen, and told, sooner than too much.
 */
export function amountOf(given: unknown): number | null {
  if (typeof given === 'number') return Number.isFinite(given) ? given : null;
  if (typeof given !== 'string') return null;
  const plain = given.replace(/[\s'’_\u00a0\u202f]/g, '').replace(/[.,]$/, '');
  if (!/^[+-]?\d[\d.,]*$/.test(plain)) return null;
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
  const mark = plain[last];
  if (mark === undefined) return Number(plain);
  const isOfThousands = plain.split(mark).length > 2;
  const whole = (isOfThousands ? plain : plain.slice(0, last)).replace(/[.,]/g, '');
  return Number(isOfThousands ? whole : `${whole}.${plain.slice(last + 1)}`);
}
