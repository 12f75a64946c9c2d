import type { Check } from '../problem';

/** Two letters that name a country, or nothing. */
export const country: Check = (value) =>
  value.trim() === '' || countryName(value, 'en') !== undefined ? undefined : { key: 'common.error.country' };

/** A country's name in a language; undefined for letters that name none. */
export function countryName(code: string, language: string): string | undefined {
  const letters = code.trim().toUpperCase();
  if (!/^[A-Z]{2}$/.test(letters)) return undefined;
  return new Intl.DisplayNames([language, 'en'], { type: 'region', fallback: 'none' }).of(letters);
}
