import { PARAM_MARK } from './params';

/** A piece of a text: as it is, a place for a field of the recipient, or one for the next of his `text_param`. */
export type Piece = { text: string } | { field: string } | { param: true };

/**
 * What looks like a place to be filled and can't be one. `unclosed`: a `{{` without its `}}`; `nameless`: nothing between
 * them; `nested`: braces between them; `unopened`: a `}}` without its `{{`; `mark`: a `#param#` in other capitals.
 */
export interface Oddity {
  why: 'unclosed' | 'nameless' | 'nested' | 'unopened' | 'mark';
  /** The odd part as it stands in the text, at most 40 characters. */
  shown: string;
  /** Whether it is just text where there is nothing to fill a text with: the end of a program's braces, say. */
  mayBeText: boolean;
}

/** A text with its places, in their order. */
export interface Parsed {
  pieces: Piece[];
  oddities: Oddity[];
}

const OPEN = '{{';
const CLOSE = '}}';
const TOKEN = /\{\{|\}\}|#param#/g;
const OTHER_CAPITALS = /#param#/i;
const MOST_SHOWN = 40;

/**
 * Reads the places in a text: `{{ name }}` for a field, blanks around its name aside, and the vendor's `#param#` (manual 2.2).
 * They aren't nested. What is odd stays in the text as it is written.
 */
export function parseTemplate(text: string): Parsed {
  const found: Parsed = { pieces: [], oddities: [] };
  let end = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (index < end) continue;
    const place = token === OPEN ? fieldAt(text, index) : token === CLOSE ? odd('unopened', CLOSE) : PARAM;
    if ('oddity' in place) {
      found.oddities.push(place.oddity);
      // What would stand in it is no place either.
      if (place.oddity.why === 'unclosed') break;
      continue;
    }
    addText(found, text.slice(end, index));
    found.pieces.push(place.piece);
    end = index + place.length;
  }
  addText(found, text.slice(end));
  return found;
}

type Place = { piece: Piece; length: number } | { oddity: Oddity };

const PARAM: Place = { piece: { param: true }, length: PARAM_MARK.length };

const odd = (why: Oddity['why'], written: string): Place => ({
  oddity: { why, shown: shortened(written), mayBeText: why === 'unopened' },
});

const shortened = (text: string): string => (text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text);

/** What the braces at `index` hold. */
function fieldAt(text: string, index: number): Place {
  const close = text.indexOf(CLOSE, index + OPEN.length);
  if (close < 0) return odd('unclosed', text.slice(index));
  const inner = text.slice(index + OPEN.length, close);
  const written = text.slice(index, close + CLOSE.length);
  if (/[{}]/.test(inner)) return odd('nested', written);
  const field = inner.trim();
  return field === '' ? odd('nameless', written) : { piece: { field }, length: written.length };
}

function addText({ pieces, oddities }: Parsed, text: string): void {
  if (text === '') return;
  pieces.push({ text });
  const mark = OTHER_CAPITALS.exec(text)?.[0];
  if (mark !== undefined && mark !== PARAM_MARK) oddities.push({ why: 'mark', shown: mark, mayBeText: true });
}

/** The places of a text in which only `#param#` is one: braces are nothing special in it. */
export function parseParams(text: string): Parsed {
  const [head = '', ...rest] = text.split(PARAM_MARK);
  const pieces = [{ text: head }, ...rest.flatMap((between): Piece[] => [{ param: true }, { text: between }])];
  return { pieces: pieces.filter((piece) => !('text' in piece) || piece.text !== ''), oddities: [] };
}
