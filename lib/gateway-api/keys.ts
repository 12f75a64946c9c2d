// The message centre's number has four names in the manual: smc (6.3), sms_c (16), smcsc (10.4) and smsc (10.4).
const OTHER_NAMES: Readonly<Record<string, string>> = { smc: 'smsc', sms_c: 'smsc', smcsc: 'smsc' };

/**
 * A copy of `record` whose documented keys are spelt as `known` spells them, whatever the wire did to them: blanks around or
 * inside (" type", "error code"), capitals ("Port"), other names ("smc"). Unknown keys stay, without the blanks around them.
 * A key that is spelt rightly wins over one that would be mended into it, which then stays as it is. Values are not touched.
 */
export function mendKeys(record: object, known: readonly string[]): Record<string, unknown> {
  const spelling = new Map(known.map((key) => [fold(key), key]));
  const exact = new Set(known);
  const entries = Object.entries(record);
  const present = new Set(entries.map(([key]) => key));
  const mended = entries.map(([key, value]): [string, unknown] => {
    const meant = exact.has(key) ? key : (spelling.get(fold(key)) ?? key.trim());
    return [present.has(meant) ? key : meant, value];
  });
  // fromEntries makes a key such as __proto__ an own property, which an assignment would not.
  return Object.fromEntries(mended);
}

function fold(key: string): string {
  const plain = key.trim().replace(/\s+/g, '_').toLowerCase();
  return Object.hasOwn(OTHER_NAMES, plain) ? (OTHER_NAMES[plain] ?? plain) : plain;
}
