// The message centre's number has four names in the manual: smc (6.3), sms_c (16), smcsc (10.4) and smsc (10.4).
const OTHER_NAMES: Readonly<Record<string, string>> = { smc: 'smsc', sms_c: 'smsc', smcsc: 'smsc' };

/**
 * `record`, or where something has to be mended a copy, whose documented keys are spelt as `known` spells them, whatever the
 * wire did to them: blanks around or inside (" type", "error code"), capitals ("Port"), other names ("smc"). Unknown keys
 * stay, without the blanks around them. A key that is spelt rightly wins over one that would be mended into it, which then
 * stays as it is. Values are not touched.
 */
export function mendKeys(record: object, known: readonly string[]): Record<string, unknown> {
  const { exact, byFold } = spellingOf(known);
  const meantBy = (key: string): string => (exact.has(key) ? key : (byFold.get(fold(key)) ?? key.trim()));
  const keys = Object.keys(record);
  // As a rule nothing has to be mended; a record of thousands of fields isn't taken apart for that.
  if (keys.every((key) => meantBy(key) === key)) return record as Record<string, unknown>;
  const present = new Set(keys);
  const mended = Object.entries(record).map(([key, value]): [string, unknown] => {
    const meant = meantBy(key);
    return [present.has(meant) ? key : meant, value];
  });
  // fromEntries makes a key such as __proto__ an own property, which an assignment would not.
  return Object.fromEntries(mended);
}

interface Spelling {
  exact: ReadonlySet<string>;
  /** By the key as {@link fold} makes it. */
  byFold: ReadonlyMap<string, string>;
}

/** Of the lists of keys that live as long as the process, as a record's. */
const spellings = new WeakMap<readonly string[], Spelling>();

function spellingOf(known: readonly string[]): Spelling {
  const made = spellings.get(known);
  if (made) return made;
  const spelling = { exact: new Set(known), byFold: new Map(known.map((key) => [fold(key), key])) };
  spellings.set(known, spelling);
  return spelling;
}

function fold(key: string): string {
  const plain = key.trim().replace(/\s+/g, '_').toLowerCase();
  return Object.hasOwn(OTHER_NAMES, plain) ? (OTHER_NAMES[plain] ?? plain) : plain;
}
