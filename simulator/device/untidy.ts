/**
 * Writes JSON as carelessly as the manual's own examples (field notes): trailing commas, keys with a stray space,
 * "error code", numbers as strings, full-width spaces, several spellings of the SMS centre, CDRs under `info`.
 * A value is written the same way each time.
 */
export function untidyJson(value: unknown): string {
  return write(value, '');
}

/** Numbers that come as strings; the others stay numbers. */
const asStrings = new Set(['input_type', 'user_id', 'count', 'signal', 'sms_in_queue', 'task_id', 'gsm_code']);

const fullWidthSpace = '\u3000';

function write(value: unknown, key: string): string {
  if (Array.isArray(value)) return writeArray(value);
  if (typeof value === 'object' && value !== null) return writeObject(value);
  if (typeof value === 'number' && asStrings.has(key)) return JSON.stringify(String(value));
  return JSON.stringify(value) ?? 'null';
}

function writeArray(values: readonly unknown[]): string {
  const written = values.map((value, index) => write(alternate(value, index), ''));
  return written.length ? `[${written.join(', ')},]` : '[]';
}

/** Every other incoming SMS names its centre as the manual's push example does, every other port as its port example. */
function alternate(value: unknown, index: number): unknown {
  if (index % 2 === 0 || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [otherSpelling[key] ?? key, entry]));
}

const otherSpelling: Readonly<Record<string, string>> = { smc: 'sms_c', smsc: 'smcsc', smcsc: 'smsc' };

function writeObject(value: object): string {
  const written = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .map(([key, entry], index) => {
      const space = index === 1 ? fullWidthSpace : '';
      return `"${careless(key, index)}":${space}${write(entry, key)}`;
    });
  return `{${written.join(', ')}}`;
}

function careless(key: string, index: number): string {
  if (key === 'error_code') return 'error code';
  if (key === 'cdr') return 'info';
  return index === 1 ? ` ${key}` : key;
}
