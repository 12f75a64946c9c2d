import { spellings } from './spellings';

/**
 * A text with asterisks wherever one of `secrets` stands in it: plain, or escaped as JSON, URLs, HTML and Latin-1 do it. As many
 * asterisks as there were characters, so that JSON stays JSON and lengths stay lengths. The same text where none does.
 */
export function mask(text: string, secrets: Iterable<string>): string {
  let masked = text;
  for (const secret of secrets) {
    // Its longest plain part looks the same in every spelling: nearly always that settles it.
    if (secret === '' || !masked.includes(longestPlainPart(secret))) continue;
    masked = masked.replace(spellings(secret), (written) => '*'.repeat(written.length));
  }
  return masked;
}

/** Masks `secret` in a JSON text where it is the whole value of a field, but for the fields in `free`. */
export function maskWhole(json: string, secret: string, free: readonly string[]): string {
  if (secret === '' || !json.includes(longestPlainPart(secret))) return json;
  const isFree = `"(?:${free.join('|')})"\\s*:\\s*`;
  const whole = new RegExp(`(?<!${isFree})"${spellings(secret).source}"(?!\\s*:)`, 'g');
  return json.replace(whole, (written) => `"${'*'.repeat(written.length - 2)}"`);
}

/** Masks a value of JSON, property names included; the very value where there is nothing to hide. */
export function maskValue<T extends object>(value: T, secrets: readonly string[]): T {
  if (secrets.length === 0) return value;
  const json = JSON.stringify(value);
  const masked = mask(json, secrets);
  return masked === json ? value : JSON.parse(masked);
}

const KINDS = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/];

/**
 * Whether a text can be nothing but the secret: it is long, or of many kinds of characters. `admin`, `123456` and `Gateway1`
 * may as well stand in an SMS or be part of a number, and what they mean there must not be changed.
 */
export function isUnmistakable(secret: string): boolean {
  return secret.length + 4 * KINDS.filter((kind) => kind.test(secret)).length >= 22;
}

const longestPlainPart = (secret: string): string =>
  secret.split(/[^a-zA-Z0-9]+/).reduce((longest, part) => (part.length > longest.length ? part : longest), '');
