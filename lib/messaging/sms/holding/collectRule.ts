import type { HoldingRule } from './rules';

/**
 * Lets what is collected wait until its time has come. An end that lies further ahead than it may was stored by the wall clock,
 * by an earlier version, and is ignored.
 */
export const collectRule: HoldingRule = {
  judge: ({ collect }, now) => {
    if (collect?.until === undefined || collect.until <= now || collect.until > now + collect.for) return undefined;
    const text = 'Collected with others to the same recipient';
    return { held: { by: 'schedule', until: collect.until, text, quiet: true } };
  },
};
