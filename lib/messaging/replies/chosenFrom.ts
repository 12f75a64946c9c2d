import type { IncomingSms } from '../../gateway-api';
import { agreement } from '../../numbers/agreement';
import type { StoredSms } from '../../store';

/** An incoming SMS for which one of ours is looked for. */
export interface Asked {
  sms: IncomingSms;
  /** The last digits of its number. */
  tail: string;
  /** When it was written, by our clock (ms since 1970). */
  at: number;
}

/** One of our SMS that it may answer, and when that was begun (ms since 1970). */
export interface Candidate {
  sms: StoredSms;
  at: number;
}

/**
 * Chooses the newest of the candidates, those first that went by the port at which the answer came in: a SIM has its number, and
 * an answer goes there.
 * @param candidates the newest first
 */
export function chosenFrom(
  { sms: { number, port } }: Asked,
  candidates: readonly Candidate[],
  country: string | undefined,
): (Candidate & { isCertain: boolean }) | undefined {
  const here = candidates.filter(({ sms }) => sms.port !== undefined && sms.port === port);
  const perhaps = candidates.filter(({ sms }) => sms.port === undefined || port === undefined);
  const [chosen, ...others] = here.length > 0 ? here : perhaps.length > 0 ? perhaps : candidates;
  if (!chosen) return undefined;
  const isElsewhere = here.length === 0 && perhaps.length === 0;
  const isOurs = agreement(chosen.sms.number, number, country) === 'number';
  return { ...chosen, isCertain: isOurs && !isElsewhere && others.length === 0 };
}
