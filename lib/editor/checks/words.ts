import type { Check } from '../problem';

/** At least one word of letters, digits and underscores, as the gateway's info types are. */
export const words: Check = (value) => {
  const given = value.split(',').filter((word) => word !== '');
  if (given.length === 0) return { key: 'common.error.required' };
  const odd = given.find((word) => !/^\w+$/.test(word));
  return odd === undefined ? undefined : { key: 'common.error.word', values: { word: odd } };
};
