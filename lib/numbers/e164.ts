import type { CountryCode } from 'libphonenumber-js/min';

/** Shorter ones are short codes: 12345 isn't +49 12345. */
const LEAST_DIGITS = 7;
/** Mexico dropped the 1 of its mobile numbers in 2019; networks and gateways still print it. */
const MEXICAN_MOBILE = /^\+521(?=\d{10}$)/;

let library: typeof import('./library') | undefined;

/** The library is loaded when the first number has to be read in a country: many processes never need it. */
function lib(): typeof import('./library') {
  library ??= require('./library') as typeof import('./library');
  return library;
}

/** Whether a text is the ISO code of a country whose numbers can be read, such as `DE`. */
export const isCountry = (code: string): boolean => lib().isSupportedCountry(code);

/**
 * The identity of a telephone number: two writings with one identity are one number. The E.164 form (`+491701234567`) where
 * the number is international or its country is known, else the digits as given. Duplicates, limits and digests go by it.
 * @param number as `cleanNumber` leaves it
 * @param country ISO code of the country in which it would be dialled
 */
export function identityOf(number: string, country?: string): string {
  const international = number.replace(/^00(?=[1-9])/, '+').replace(MEXICAN_MOBILE, '+52');
  if (!country || number.replace('+', '').length < LEAST_DIGITS || !isCountry(country)) return international;
  if (number.startsWith('+')) return written(international, country) ?? international;
  return withoutPlus(number, country) ?? written(number, country) ?? written(international, country) ?? international;
}

/**
 * Digits that begin with the country's own code and make a number behind it are an international number without its plus;
 * the library reads 491701234567 as a German number +49 491701234567.
 */
function withoutPlus(number: string, country: string): string | undefined {
  if (!number.startsWith(lib().getCountryCallingCode(country as CountryCode))) return undefined;
  const parsed = lib().parsePhoneNumberFromString(`+${number}`.replace(MEXICAN_MOBILE, '+52'));
  return parsed?.isValid() ? parsed.number : undefined;
}

/**
 * Undefined where it makes no number of a possible length. The library takes off one trunk prefix a reading (+49 0170 becomes
 * +49 170), so it reads until nothing changes any more: an identity is its own identity, also with several zeros in front.
 */
function written(number: string, country: string): string | undefined {
  const parsed = lib().parsePhoneNumberFromString(number, country as CountryCode);
  if (!parsed?.isPossible()) return undefined;
  const read = parsed.number.replace(MEXICAN_MOBILE, '+52');
  return read === number ? read : (written(read, country) ?? read);
}

/**
 * The ISO code of the country that a number belongs to; undefined where that can't be told.
 * @param number as `cleanNumber` leaves it
 * @param home ISO code of the country in which it would be dialled
 */
export function countryOfNumber(number: string, home?: string): string | undefined {
  const identity = identityOf(number, home);
  return identity.startsWith('+') ? lib().parsePhoneNumberFromString(identity)?.country : undefined;
}

/** How a gateway may print a number: as given, and where the country is known in its E.164 form and as it is dialled there. */
export function writingsOf(number: string, country?: string): string[] {
  const identity = identityOf(number, country);
  const parsed = country && identity.startsWith('+') ? lib().parsePhoneNumberFromString(identity) : undefined;
  const isHome = parsed?.countryCallingCode === (country && lib().getCountryCallingCode(country as CountryCode));
  const national = parsed && isHome ? [parsed.formatNational().replace(/\D/g, '')] : [];
  return [...new Set([number, identity, ...national])];
}
