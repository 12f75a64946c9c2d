import type { Check } from '../problem';

/** Nobody can tell that an SMS was delivered when no report is asked for. */
export const until: Check = (value, sibling) => {
  const reportIsOff = sibling('statusReportType') === 'bool' && sibling('statusReport') === 'false';
  return value === 'delivered' && reportIsOff ? { key: 'common.error.deliveredWithoutReport' } : undefined;
};
