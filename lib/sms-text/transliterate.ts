/*
 * What word processors, telephones and PDF files write for plain characters, and what is read for it: the quotation marks,
 * ligatures and dots of Unicode's transform Latin-ASCII (CLDR, common/transforms/Latin-ASCII.xml), which has ",," for „ and
 * "<<" for «: as in handwriting all of them become ' or ". The accents ` and ´ are what many keyboards offer for an apostrophe.
 */
const READ_AS: Readonly<Record<string, string>> = {
  ...each('`´ʹʻʼʽˈˊˋ‘’‚‛′‵‹›＇', "'"),
  ...each('ʺ˝“”„‟″‶«»〝〞〟＂', '"'),
  ...{ '…': '...', '‥': '..', '․': '.', ﬀ: 'ff', ﬁ: 'fi', ﬂ: 'fl', ﬃ: 'ffi', ﬄ: 'ffl', ﬅ: 'st', ﬆ: 'st' },
};

function each(characters: string, plain: string): Record<string, string> {
  return Object.fromEntries([...characters].map((character) => [character, plain]));
}

/** Dashes of all widths, and the minus. */
const DASHES = /[\p{Pd}\u2212]/gu;
/** Spaces of all widths, also those that keep a line together. */
const SPACES = /[\p{Zs}\t]/gu;
/** Ends of lines and paragraphs that GSM 7 bit has no character for. */
const LINE_ENDS = /\v|[\u0085\u2028\u2029]/g;
/** Marks that show nothing by themselves: soft hyphens, byte order marks, joiners, directions, variation selectors. */
const MARKS = /\p{Cf}|\p{Variation_Selector}/gu;

/** A text without the marks in it that show nothing. */
export const withoutMarks = (text: string): string => text.replace(MARKS, '');

const TABLE = new RegExp(`[${Object.keys(READ_AS).join('')}]`, 'g');

/**
 * `text` with plain characters for typographic ones: quotation marks, dashes, spaces, ligatures, dots; letters and accents put
 * together (NFC), and without what shows nothing. Letters keep their accents.
 */
export const transliterated = (text: string): string =>
  withoutMarks(text.normalize('NFC'))
    .replace(TABLE, (character) => READ_AS[character] ?? character)
    .replace(DASHES, '-')
    .replace(SPACES, ' ')
    .replace(LINE_ENDS, '\n');
