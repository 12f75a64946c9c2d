import fc from 'fast-check';

const PLAIN = [...'@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./019:;<=>?¡AZÄÖÑÜ§¿azäöñüà'];
const EXTENSION = [...'^{}\\[~]|€'];

/** One character of GSM 7 bit, extension characters as often as the others. */
export const gsmCharacter = fc.oneof(fc.constantFrom(...PLAIN), fc.constantFrom(...EXTENSION));

// Characters that never join their neighbours to one grapheme, because one of the oracles counts graphemes.
const bmpCharacter = fc.constantFrom('漢', '字', 'Ж', 'ç', 'ń', '`', '“', '☎', 'Ω', '\u00a0');
const emoji = fc.constantFrom('😀', '🚨', '🔥', '𝄞', '🧯');

/** A text of GSM 7 bit characters around the lengths where one segment becomes two, and two become three. */
export const gsmText = fc.string({ unit: gsmCharacter, maxLength: 330 });

/** A text that may hold any kind of character, around the lengths where segments of unicode end. */
export const anyText = fc.string({
  unit: fc.oneof({ weight: 4, arbitrary: gsmCharacter }, { weight: 2, arbitrary: bmpCharacter }, emoji),
  maxLength: 150,
});

/** A text of any UTF-16 units at all, lone surrogates included. */
export const anyUnits = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd800, max: 0xdfff })), { maxLength: 60 })
  .map((units) => String.fromCharCode(...units));
