/** Whether a surrogate pair (one character of two UTF-16 units) begins at `index`. */
export function isPairAt(text: string, index: number): boolean {
  const first = text.charCodeAt(index);
  if (first < 0xd800 || first > 0xdbff) return false;
  // NaN after the last unit, which is no low surrogate.
  const second = text.charCodeAt(index + 1);
  return second >= 0xdc00 && second <= 0xdfff;
}
