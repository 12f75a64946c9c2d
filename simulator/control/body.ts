/** The JSON object that came with a command. */
export type Body = Readonly<Record<string, unknown>>;

/** A field that must be a number. @throws TypeError that names it */
export function number(body: Body, name: string): number {
  const value = body[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new TypeError(`${name} must be a number`);
  return value;
}

/** A field that must be a text. @throws TypeError that names it */
export function text(body: Body, name: string): string {
  const value = body[name];
  if (typeof value !== 'string') throw new TypeError(`${name} must be a string`);
  return value;
}

/** A field that must be one of these words. @throws TypeError that names it */
export function oneOf<Word extends string>(words: readonly Word[], body: Body, name: string): Word {
  const word = words.find((known) => known === body[name]);
  if (word === undefined) throw new TypeError(`${name} must be one of ${words.join(', ')}`);
  return word;
}
