/** What a saved property may be, where not all of its kind: one of some words, a number within bounds, or a text of some shape. */
export type Rule =
  | { words: readonly string[] }
  | { least: number; most: number; isWhole?: true }
  | { pattern: RegExp; what: string };

/** The rules of a node's properties. Those that a message may set have none: they are checked with each message. */
export type Rules<Config extends object = Record<string, unknown>> = Readonly<Partial<Record<keyof Config, Rule>>>;

/** About 30 years: more is a mix-up of units. */
export const MOST_SECONDS = 1e9;

/** One of these words. */
export const oneOf = (...words: string[]): Rule => ({ words });

/** A number from `least` to `most`. */
export const numberFrom = (least: number, most: number): Rule => ({ least, most });

/** A whole number from `least` to `most`. */
export const wholeFrom = (least: number, most = Number.MAX_SAFE_INTEGER): Rule => ({ least, most, isWhole: true });

/** A text that all of the pattern fits; `what` says in words which. */
export const shaped = (pattern: RegExp, what: string): Rule => ({ pattern, what });

/** What a saved value would have to be by its rule, where it isn't; nothing, or a cleared field, means the default. */
export function wrongBy(rule: Rule, value: unknown): string | undefined {
  const text = String(value ?? '').trim();
  if (text === '') return undefined;
  if ('words' in rule) return rule.words.includes(text) ? undefined : `one of ${rule.words.join(', ')}`;
  if ('pattern' in rule) return rule.pattern.test(text) ? undefined : rule.what;
  const { least, most, isWhole } = rule;
  const number = Number(text);
  if (number >= least && number <= most && !(isWhole && !Number.isInteger(number))) return undefined;
  const upTo = most === Number.MAX_SAFE_INTEGER ? 'on' : `to ${most}`;
  return `${isWhole ? 'a whole number' : 'a number'} from ${least} ${upTo}`;
}
