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

// What String.trim takes for a blank, and two more that aren't seen either.
const isBlank = (char: string): boolean => char.trim() === '' || char === '\0' || char === '\u200b';

function mend(text: string): string {
  const pieces: string[] = [];
  // A comma waits here until it is clear that something follows it.
  let comma = '';
  for (let at = 0; at < text.length; ) {
    const char = text.charAt(at);
    if (isBlank(char)) {
      at++;
      // A blank may part two tokens; without it `1 2` would become 12.
      pieces.push(' ');
      continue;
    }
    const end = char === '"' ? endOfString(text, at) : at + 1;
    if (char === ',' && comma === '') {
      comma = ',';
    } else {
      if (char !== ']' && char !== '}') pieces.push(comma);
      comma = '';
      pieces.push(char === '"' ? escapeControls(text.slice(at, end)) : char);
    }
    at = end;
  }
  return pieces.join('');
}

// Where the string that opens at `start` ends, its closing quote included.
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\') at++;
    else if (char === '"') return at + 1;
  }
  return text.length;
}

function escapeControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
  return text.replace(/[\u0000-\u001f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
