import { barsOf } from './signal';

const BARS = 4;

/** A signal from 0 to 31 as bars, for the eye alone: what they stand beside says it in words. */
export function signalBars(signal: number): JQuery {
  const lit = barsOf(signal);
  const bars = Array.from({ length: BARS }, (_, bar) => $('<i>').toggleClass('dinstar-lit', bar < lit));
  return $('<span class="dinstar-signal" aria-hidden="true">').append(bars);
}
