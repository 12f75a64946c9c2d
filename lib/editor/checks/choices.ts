import type { Check } from '../problem';

/** At least one word of letters, digits and underscores, as the gateway's info types are. */
export const words: Check = (value) => {
  const given = value.split(',').filter((word) => word !== '');
  if (given.length === 0) return { key: 'common.error.required' };
  const odd = given.find((word) => !/^\w+$/.test(word));
  return odd === undefined ? undefined : { key: 'common.error.word', values: { word: odd } };
};

/** A name that PostgreSQL takes without quotes; empty = the default. */
export const schemaName: Check = (value) =>
  /^([a-z_][a-z0-9_]{0,62})?$/.test(value) ? undefined : { key: 'common.error.word', values: { word: value } };

/** Nobody can tell that an SMS was delivered when no report is asked for. */
export const until: Check = (value, sibling) => {
  const reportIsOff = sibling('statusReportType') === 'bool' && sibling('statusReport') === 'false';
  return value === 'delivered' && reportIsOff ? { key: 'common.error.deliveredWithoutReport' } : undefined;
};
