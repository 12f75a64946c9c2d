import { utf8Bytes } from '../utf8';
import { PARAM_MARK } from './params';
import type { Piece } from './parse';

/** The text with a value in each of its places, in their order. */
export function filled(pieces: readonly Piece[], values: readonly string[]): string {
  let next = 0;
  return pieces.map((piece) => ('text' in piece ? piece.text : (values[next++] ?? ''))).join('');
}

/**
 * The text as the gateway fills it itself, with `#param#` in each place (manual 2.2), so that many recipients share a request.
 * Undefined where the gateway would read other places in it, as in `#param{{name}}#`, where it is longer than `most` bytes,
 * and where nothing else stands in it: a firmware that leaves a bare `#param#` as it is would send it to everybody (decision 1).
 */
export function wireForm(pieces: readonly Piece[], most: number): string | undefined {
  const wire = pieces.map((piece) => ('text' in piece ? piece.text : PARAM_MARK)).join('');
  if (wire === PARAM_MARK || utf8Bytes(wire) > most) return undefined;
  const [meant, read] = [betweenPlaces(pieces), wire.split(PARAM_MARK)];
  return meant.length === read.length && meant.every((text, place) => text === read[place]) ? wire : undefined;
}

/** The texts before, between and behind the places, also the empty ones. */
function betweenPlaces(pieces: readonly Piece[]): string[] {
  const between = [''];
  for (const piece of pieces) {
    if ('text' in piece) between[between.length - 1] += piece.text;
    else between.push('');
  }
  return between;
}
