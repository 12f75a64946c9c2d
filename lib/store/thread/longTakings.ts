import type { Steps } from '../../concurrency';
import type { Taking } from '../store';

/** SMS that are written down, and cross, at a time: a millisecond or two. */
const SMS_PER_PIECE = 256;

/** Whether to write takings down, and to read them, would hold everybody up. */
export const isLong = (takings: readonly Taking[]): boolean =>
  takings.reduce((sum, { sms }) => sum + sms.length, 0) > SMS_PER_PIECE;

/** Writes takings as texts: each without its SMS, then these. */
export function* piecesOf(takings: readonly Taking[], give: (piece: string) => void): Steps<void> {
  for (const { sms, ...taking } of takings) {
    give(JSON.stringify([{ ...taking, sms: [] }]));
    for (let from = 0; from < sms.length; from += SMS_PER_PIECE) {
      give(JSON.stringify(sms.slice(from, from + SMS_PER_PIECE)));
      yield;
    }
  }
}

/** Reads what {@link piecesOf} wrote, or one text with all of it. */
export function takingsOf(pieces: readonly string[]): Taking[] {
  const takings: Taking[] = [];
  for (const piece of pieces) {
    for (const one of JSON.parse(piece) as (Taking | Taking['sms'][number])[]) {
      if ('input' in one) takings.push(one);
      else takings.at(-1)?.sms.push(one);
    }
  }
  return takings;
}
