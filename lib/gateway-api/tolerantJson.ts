/**
 * Reads JSON as the gateways write it. Mended outside of strings: trailing commas (manual 4.4, 6.4), byte order marks, NULs and
 * blanks of any width (full-width ones included); inside of strings: line breaks and other control characters that should
 * have been escaped. A string's content never changes.
 * Throws a SyntaxError when that isn't enough. Takes time in proportion to the text's length.
 */
export function tolerantJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(mend(text));
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;

// What String.trim takes for a blank, and two more that aren't seen either.
function isBlank(code: number): boolean {
  if (code > 0x20 && code < 0x7f) return false;
  return code === 0 || code === 0x200b || String.fromCharCode(code).trim() === '';
}

function mend(text: string): string {
  const pieces: string[] = [];
  // What is right is taken in one piece, from here on.
  let from = 0;
  let at = 0;
  const put = (end: number, instead: string, next: number): void => {
    pieces.push(text.slice(from, end), instead);
    from = at = next;
  };
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      const string = text.slice(at, end);
      const escaped = escapeControls(string);
      if (escaped === string) at = end;
      else put(at, escaped, end);
    } else if (code === COMMA) {
      const next = afterBlanks(text, at + 1);
      const follows = text[next];
      if (follows === ']' || follows === '}' || follows === undefined) put(at, '', next);
      else at += 1;
    } else if (isBlank(code)) {
      // A blank may part two tokens; without it `1 2` would become 12.
      put(at, ' ', afterBlanks(text, at));
    } else {
      at += 1;
    }
  }
  pieces.push(text.slice(from));
  return pieces.join('');
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlank(text.charCodeAt(at))) at++;
  return at;
}

// Where the string that opens at `start` ends, its closing quote included.
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at + 1;
  }
  return text.length;
}

const ESCAPES = Array.from({ length: 0x20 }, (_, code) => `\\u${code.toString(16).padStart(4, '0')}`);

function escapeControls(text: string): string {
  let escaped = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const mended = ESCAPES[text.charCodeAt(at)];
    if (mended === undefined) continue;
    escaped += text.slice(from, at) + mended;
    from = at + 1;
  }
  return from === 0 ? text : escaped + text.slice(from);
}
