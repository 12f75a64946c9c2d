/**
 * A JSON object that was cut short, ended after the last whole record of its list: `{"sms":[{…},{…},{"te` becomes
 * `{"sms":[{…},{…}]}`. Undefined where no whole record is there. Takes time in proportion to the text's length.
 */
export function wholeRecords(text: string): string | undefined {
  const open: string[] = [];
  let end = 0;
  let closing = '';
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at);
        break;
      case OBJECT:
        open.push('}');
        break;
      case ARRAY:
        open.push(']');
        break;
      case OBJECT_END:
      case ARRAY_END:
        open.pop();
        // A record of a list that is a field of the answer.
        if (open.length === 2 && open[1] === ']' && text.charCodeAt(at) === OBJECT_END) {
          end = at + 1;
          closing = `]${open[0]}`;
        }
    }
  }
  return end === 0 ? undefined : text.slice(0, end) + closing;
}

const QUOTE = 0x22;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;
const ARRAY = 0x5b;
const ARRAY_END = 0x5d;

// Where the string that opens at `start` closes.
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === QUOTE) return at;
  }
  return text.length;
}
