import { mapped, type Steps } from '../../concurrency';
import { tailOf } from '../../numbers/agreement';
import { identityOf } from '../../numbers/e164';
import type { NewSms } from '../../store';

/** An SMS as far as it tells whether it is there twice. */
interface Written extends Pick<NewSms, 'text' | 'text_param'> {
  written: string;
}

/**
 * The SMS without those that are there already, with the same text: a number in the same writing, in another that differs only
 * by + or 00, or in any writing that is the same number in this country.
 */
export function* withoutDoubles<T extends Written>(sms: readonly T[], country: string | undefined): Steps<T[]> {
  if (sms.length < 2) return [...sms];
  const seen = new Set<string>();
  const words = new Words();
  const families = yield* familiesOf(sms, words);
  const found: T[] = [];
  yield* mapped(sms, (one) => {
    const said = words.of(one);
    // Reading a number in a country takes its time: most have no look-alike.
    const isAlone = typeof families.get(`${tailOf(one.written)} ${said}`) === 'string';
    const key = `${isAlone ? one.written : identityOf(one.written, country)} ${said}`;
    if (seen.has(key)) return;
    seen.add(key);
    found.push(one);
  });
  return found;
}

/** Whether a country could make two of these numbers one. */
export function* mayHaveDoubles(sms: readonly Pick<NewSms, 'number' | 'text' | 'text_param'>[]): Steps<boolean> {
  if (sms.length < 2) return false;
  const all = yield* mapped(sms, ({ number, text, text_param }) => ({ written: number, text, text_param }));
  const families = yield* familiesOf(all, new Words());
  for (const writings of families.values()) {
    if (typeof writings !== 'string' && [...writings].some((written) => !/^(?:\+|00)/.test(written))) return true;
  }
  return false;
}

/** The different writings that have their last digits, and their words, in common: mostly it is one. */
function* familiesOf(sms: readonly Written[], words: Words): Steps<Map<string, string | Set<string>>> {
  const families = new Map<string, string | Set<string>>();
  yield* mapped(sms, (one) => {
    const family = `${tailOf(one.written)} ${words.of(one)}`;
    const writings = families.get(family);
    if (writings === undefined) families.set(family, one.written);
    else if (typeof writings !== 'string') writings.add(one.written);
    else if (writings !== one.written) families.set(family, new Set([writings, one.written]));
  });
  return families;
}

/** A number for each text with its parameters: most SMS of an input share them, and keys with whole texts fill the memory. */
class Words {
  private readonly texts = new Map<string, number>();
  private readonly params = new Map<string, number>();

  of({ text, text_param }: Pick<NewSms, 'text' | 'text_param'>): string {
    const params = text_param === undefined ? '' : `:${numberOf(this.params, JSON.stringify(text_param))}`;
    return `${numberOf(this.texts, text)}${params}`;
  }
}

function numberOf(known: Map<string, number>, text: string): number {
  const found = known.get(text) ?? known.size;
  known.set(text, found);
  return found;
}
