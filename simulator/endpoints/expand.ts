/**
 * Replaces the n-th `#param#` by the n-th parameter (manual 2.2), in one pass: a parameter that itself contains
 * `#param#` stays as it is, and a place without a parameter stays too.
 */
export function expand(text: string, params: readonly string[]): string {
  let next = 0;
  return text.replace(/#param#/g, (place) => params[next++] ?? place);
}
