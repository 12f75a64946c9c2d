import fc from 'fast-check';

const SURROGATES = { first: 0xd800, count: 0x800 };

/**
 * Any code point but half of a surrogate pair, as a unit of `fc.string`. That has a unit of its own for them, `binary`, which
 * makes a table of all million of them first: a second of a core in every process.
 */
export const anyCharacter = fc
  .nat({ max: 0x10ffff - SURROGATES.count })
  .map((code) => String.fromCodePoint(code < SURROGATES.first ? code : code + SURROGATES.count));
