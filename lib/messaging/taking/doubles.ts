import { tailOf } from '../../numbers/agreement';
import { identityOf } from '../../numbers/e164';

/** A recipient as far as it tells whether he is there twice. */
interface Written {
  written: string;
  text_param?: string[];
}

/**
 * The recipients without those that are there already, with the same parameters: a number in the same writing, in another
 * that differs only by + or 00, or in any writing that is the same number in this country.
 */
export function withoutDoubles<T extends Written>(recipients: readonly T[], country: string | undefined): T[] {
  const seen = new Set<string>();
  const families = familiesOf(recipients);
  return recipients.filter((recipient) => {
    const { written, text_param } = recipient;
    // Reading a number in a country takes its time: most have no look-alike.
    const isAlone = (families.get(familyOf(recipient))?.size ?? 0) < 2;
    const key = JSON.stringify([isAlone ? written : identityOf(written, country), text_param]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Whether a country could make two of these numbers one. */
export function mayHaveDoubles(sms: readonly { number: string; text_param?: string[] }[]): boolean {
  const families = familiesOf(sms.map(({ number, text_param }) => ({ written: number, text_param })));
  return [...families.values()].some(
    (writings) => writings.size > 1 && [...writings].some((written) => !/^(?:\+|00)/.test(written)),
  );
}

/** The different writings that have their last digits, and their parameters, in common. */
function familiesOf(recipients: readonly Written[]): Map<string, Set<string>> {
  const families = new Map<string, Set<string>>();
  for (const recipient of recipients) {
    const family = familyOf(recipient);
    const writings = families.get(family);
    if (writings) writings.add(recipient.written);
    else families.set(family, new Set([recipient.written]));
  }
  return families;
}

const familyOf = ({ written, text_param }: Written): string => JSON.stringify([tailOf(written), text_param]);
