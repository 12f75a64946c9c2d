import { splitNumbers } from '../../numbers/clean';
import { languageTag } from '../../sms-text';
import { parsed } from '../checks/json';
import { MOST_BYTES } from '../checks/sms';
import type { Form } from '../Form';
import type { EditorNode } from '../red';
import { type TemplateCost, templateCost } from './templateCost';
import type { TextSize } from './textSize';
import type { FixedTexts } from './unfilled';

/** A line below the text: plain, or one that says what keeps the input from being sent. */
interface Line {
  text: string;
  isWrong?: boolean;
}

/** How many of a form's own recipients are counted while somebody types. */
const MOST_RECIPIENTS = 1000;
/** How many numbers are named of those that lack something. */
const MOST_NUMBERS = 3;

/**
 * Shows below the fixed texts of a form how many SMS they take, at least and at most where recipients fill them, and what isn't
 * filled. Needs an element `.dinstar-counter` in the form.
 */
export function showCost(node: EditorNode, form: Form): void {
  form.whenever(['to', 'text', 'texts', 'encoding', 'literal', 'transliterate'], () => {
    const read = (property: string): string => form.read(node, property);
    const encoding = read('encodingType') === 'str' ? read('encoding') : 'auto';
    const manner = { encoding, literal: read('literal') === 'true', transliterate: read('transliterate') === 'true' };
    const cost = templateCost(textsOf(read), recipientsOf(read), manner);
    const lines = cost === undefined ? [] : describe(node, cost, encoding === 'auto');
    form
      .find('.dinstar-counter')
      .empty()
      .append(
        lines.map(({ text, isWrong }) =>
          $('<div>')
            .text(text)
            .toggleClass('dinstar-wrong', isWrong === true),
        ),
      );
  });
}

type Read = (property: string) => string;

function textsOf(read: Read): FixedTexts {
  const text = read('text');
  const texts = read('textsType') === 'json' ? parsed(read('texts')) : undefined;
  const entries = typeof texts === 'object' && texts !== null && !Array.isArray(texts) ? Object.entries(texts) : [];
  return {
    ...(read('textType') === 'str' && text !== '' && { common: text }),
    byLanguage: new Map(entries.map(([language, one]) => [languageTag(language), String(one)])),
  };
}

/** Whom the form itself names; undefined where only the message will tell. */
function recipientsOf(read: Read): unknown[] | undefined {
  const to = read('to');
  const given = read('toType') === 'json' ? parsed(to) : read('toType') === 'str' ? to : undefined;
  if (given === undefined || given === null) return undefined;
  const list: unknown[] = typeof given === 'string' ? splitNumbers(given) : Array.isArray(given) ? given : [given];
  return list.length > 0 ? list.slice(0, MOST_RECIPIENTS) : undefined;
}

function describe(node: EditorNode, { least, most, foreign, open, unfilled }: TemplateCost, isChosen: boolean): Line[] {
  const isRange = least.segments !== most.segments || least.units !== most.units;
  const costs = isRange
    ? [node._('tip.atLeast', { cost: counted(node, least) }), node._('tip.atMost', { cost: counted(node, most) })]
    : [counted(node, least)];
  const forced = isChosen && foreign !== undefined ? [node._('tip.forcesUnicode', { character: foreign })] : [];
  const filledLater = open.length > 0 ? [node._('tip.open', { places: open.join(', ') })] : [];
  return [
    ...[...costs, ...forced, ...filledLater].map((text) => ({ text })),
    ...unfilled.map(({ place, numbers }) => ({
      text: node._('tip.unfilled', { place: who(place, numbers) }),
      isWrong: true,
    })),
  ];
}

function who(place: string, numbers: readonly string[]): string {
  if (numbers.length === 0) return place;
  const shown = numbers
    .slice(0, MOST_NUMBERS)
    .map((number) => number.trim())
    .join(', ');
  return `${place} (${numbers.length > MOST_NUMBERS ? `${shown} …` : shown})`;
}

const counted = (node: EditorNode, size: TextSize): string =>
  node._('tip.counter', {
    encoding: node._(size.encoding === 'unicode' ? 'option.encoding.unicode' : 'option.encoding.gsm7'),
    segments: size.segments,
    left: size.left,
    bytes: size.bytes,
    most: MOST_BYTES,
  });
