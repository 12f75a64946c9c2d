/** What is used of libphonenumber-js. The build makes one file of it and the library, which is 13 MB when npm installs it. */
export { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
