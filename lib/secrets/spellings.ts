/** What HTML calls characters that it has a use for itself. */
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', 'amp'],
  ['<', 'lt'],
  ['>', 'gt'],
  ['"', 'quot'],
  ["'", 'apos'],
]);

/** As many as JSON in JSON makes of one. */
const MOST_BACKSLASHES = 4;

/** Matches `secret` plain and as JSON, URLs, HTML and Latin-1 write it. */
export function spellings(secret: string): RegExp {
  return new RegExp((secret.match(/\\+|[^\\]/gu) ?? []).map(spelled).join(''), 'g');
}

// One character, or a run of backslashes, which one by one could be shared out in too many ways.
function spelled(run: string): string {
  // A letter or digit of ASCII needs no escaping anywhere.
  if (/^[a-zA-Z0-9]$/.test(run)) return run;
  if (run.startsWith('\\')) return `(?:\\\\{${run.length},${run.length * MOST_BACKSLASHES}}|${escapedWays(run)})`;
  return `(?:\\\\{0,${MOST_BACKSLASHES}}${literal(run)}|${escapedWays(run)})`;
}

function escapedWays(text: string): string {
  const bytes = Buffer.from(text);
  const units = Array.from({ length: text.length }, (_, at) => hex(text.charCodeAt(at), 4));
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const entity = ENTITIES.get(text);
  const ways = [
    Array.from(bytes, (byte) => `%${hex(byte, 2)}`).join(''),
    units.map((unit) => `\\\\{1,${MOST_BACKSLASHES}}u${unit}`).join(''),
    codes.map((code) => `&#(?:0{0,8}${code}|[xX]0{0,8}${hex(code, 0)});`).join(''),
    ...(entity === undefined ? [] : [`&${entity};`]),
    ...(text === ' ' ? ['\\+'] : []),
    ...(bytes.length > text.length ? [literal(bytes.toString('latin1'))] : []),
  ];
  return ways.join('|');
}

/** As a pattern, whatever its characters mean in one. */
const literal = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/** The digits of a hexadecimal number, which may be written large or small. */
const hex = (value: number, digits: number): string =>
  value
    .toString(16)
    .padStart(digits, '0')
    .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
