import {
  fieldOf,
  filled,
  hasFields,
  inLanguage,
  type Oddity,
  type Piece,
  parseParams,
  parseTemplate,
  type Row,
} from '../../sms-text';

/** The texts that a form holds; those that only the message will tell are absent. */
export interface FixedTexts {
  common?: string;
  /** By tags as `languageTag` makes them. */
  byLanguage: ReadonlyMap<string, string>;
}

/** A text with its places. */
export interface Parsed {
  pieces: Piece[];
  oddities: Oddity[];
}

/** Texts as each recipient gets them, and the places that nothing fills, with the numbers of those for whom. */
export interface Filled {
  texts: string[];
  unfilled: Map<string, string[]>;
}

/** Reads the places of a form's texts, each once. */
export function parsedTexts({ common, byLanguage }: FixedTexts, literal: boolean): Map<string, Parsed> {
  const texts = common === undefined ? [...byLanguage.values()] : [...byLanguage.values(), common];
  return new Map(texts.map((text) => [text, literal ? parseParams(text) : parseTemplate(text)]));
}

/** A place as it stands in a text. */
export const shownPlace = (piece: Exclude<Piece, { text: string }>): string =>
  'field' in piece ? `{{${piece.field}}}` : '#param#';

/** Fills the texts for the recipients that a form holds, as the node would, up to what it would refuse. */
export function fillFor(
  recipients: readonly unknown[],
  { common, byLanguage }: FixedTexts,
  parsed: ReadonlyMap<string, Parsed>,
  literal: boolean,
): Filled {
  const rows = recipients.map(asRow);
  const params = rows.some(({ text_param }) => Array.isArray(text_param));
  // A literal text has places only for those that have text_param.
  const isTemplate = params || (!literal && rows.some(hasFields));
  const oddities = [...parsed.values()].flatMap((text) => text.oddities).filter((odd) => isTemplate || !odd.mayBeText);
  const found: Filled = { texts: [], unfilled: new Map(oddities.map(({ shown }) => [shown, []])) };
  for (const row of rows) {
    const pieces = parsed.get(inLanguage(byLanguage, row.language) ?? common ?? '')?.pieces;
    if (!pieces) continue;
    const values = valuesOf(pieces, row);
    const lacking = values.flatMap(({ place, value }) =>
      value === undefined && (isTemplate || place !== '#param#') ? place : [],
    );
    for (const place of lacking) {
      found.unfilled.set(place, [...(found.unfilled.get(place) ?? []), String(row.number ?? row.to)]);
    }
    if (lacking.length === 0)
      found.texts.push(
        filled(
          pieces,
          values.map(({ place, value }) => value ?? place),
        ),
      );
  }
  return found;
}

const asRow = (recipient: unknown): Row =>
  typeof recipient === 'object' && recipient !== null ? (recipient as Row) : { number: recipient };

/** The places of a text, and what a row has for them. */
function valuesOf(pieces: readonly Piece[], row: Row): { place: string; value: string | undefined }[] {
  const params: unknown[] = Array.isArray(row.text_param) ? [...row.text_param] : [];
  return pieces.flatMap((piece) => {
    if ('text' in piece) return [];
    const place = shownPlace(piece);
    if ('param' in piece) {
      const param = params.shift();
      return { place, value: param === undefined ? undefined : String(param) };
    }
    const field = fieldOf(row, piece.field);
    return { place, value: 'text' in field ? field.text : undefined };
  });
}
