import { mapped, type Steps } from '../../concurrency';
import { GatewayError, invalidInput } from '../../gateway-api';
import { hasFields, inLanguage, languageTag } from '../../sms-text';
import type { GivenRecipient } from './recipients';
import { type Fillings, type Manner, Template } from './Template';
import { readText, type Worded } from './text';
import { isGiven } from './values';

/** The texts of an input, as a flow gives them. */
export interface GivenTexts {
  text: unknown;
  /** By language; absent = everybody gets `text`. */
  texts?: unknown;
}

/** What an input says to whom. */
export interface Wording {
  /** The text as it was given, for the outcome; empty where only those by language were. */
  text: string;
  /** For each recipient, in their order. */
  each: Worded[];
}

/**
 * Gives each recipient his text: that of his `language`, else `text`, filled with what he brings. Throws `INVALID_INPUT` that
 * names the text, or the recipient and what he lacks (contract, send sms).
 */
export function* wordingFor(
  recipients: readonly GivenRecipient[],
  { text, texts }: GivenTexts,
  manner: Manner,
): Steps<Wording> {
  const byLanguage = readTexts(texts, manner);
  const common = readCommon(text, manner, byLanguage !== undefined);
  const has = yield* fillingsOf(recipients);
  for (const template of [...(byLanguage?.values() ?? []), ...(common instanceof Template ? [common] : [])]) {
    template.check(has);
  }
  const each = yield* mapped(recipients, (recipient): Worded => {
    const own = byLanguage && inLanguage(byLanguage, recipient.extra?.language);
    const template = own ?? common;
    if (!(template instanceof Template)) throw withoutText(recipient, template);
    const worded = template.fill(recipient, has);
    return byLanguage && worded.text_param === undefined ? { ...worded, own_text: true } : worded;
  });
  return { text: common instanceof Template ? common.text : '', each };
}

function* fillingsOf(recipients: readonly GivenRecipient[]): Steps<Fillings> {
  const has: Fillings = { params: false, fields: false };
  yield* mapped(recipients, ({ text_param, extra = {} }) => {
    has.params ||= text_param !== undefined;
    has.fields ||= hasFields(extra);
  });
  return has;
}

/** The text for all, or why there is none where perhaps nobody needs it. */
function readCommon(given: unknown, manner: Manner, isSpare: boolean): Template | GatewayError {
  try {
    return new Template('text', readText('text', given), manner);
  } catch (error) {
    if (isSpare && error instanceof GatewayError) return error;
    throw error;
  }
}

function withoutText({ field, written, extra }: GivenRecipient, why: GatewayError): GatewayError {
  const language = isGiven(extra?.language) ? `"${extra?.language}"` : 'nothing';
  const reason = `is ${language}, for which there is no text by language (recipient ${written})`;
  return invalidInput(`${field}.language`, `${reason}, and ${why.message}`);
}

/** Reads `texts`, an object of texts by language; undefined = there are none. */
function readTexts(given: unknown, manner: Manner): Map<string, Template> | undefined {
  if (!isGiven(given)) return undefined;
  if (typeof given !== 'object' || Array.isArray(given) || Buffer.isBuffer(given)) {
    throw invalidInput('texts', 'must be an object with a text for each language, such as { "de": "…", "en": "…" }');
  }
  const texts = new Map<string, Template>();
  for (const [language, text] of Object.entries(given as object)) {
    const field = `texts.${language}`;
    if (languageTag(language) === '') throw invalidInput('texts', 'has a text without a language');
    if (texts.has(languageTag(language))) throw invalidInput(field, 'is there twice, in two spellings');
    texts.set(languageTag(language), new Template(field, readText(field, text), manner));
  }
  return texts;
}
