import type { HoldingRule } from './rules';

/** Lets what is collected wait until its time has come. One that is longer than it may be was kept by the wall clock, in an earlier version. */
export const collectRule: HoldingRule = {
  judge: ({ collect }, now) => {
    if (collect?.until === undefined || collect.until <= now || collect.until > now + collect.for) return undefined;
    const text = 'Collected with others to the same recipient';
    return { held: { by: 'schedule', until: collect.until, text, quiet: true } };
  },
};
