/**
 * Who can make it longer: `push` whoever reaches the push address, `gateway` what a gateway answers, `editor` who may use
 * the editor; those are driven beyond the bound by a test (drives.ts). `flow`: the messages of a flow; `deploy`: the flow
 * file; `code`: nobody, its members stand in the sources.
 */
export type By = 'push' | 'gateway' | 'editor' | 'flow' | 'deploy' | 'code';

export interface Bound {
  by: By;
  /** How many members it can have: a number, or one of what. */
  most: number | string;
  why: string;
}

const bound =
  (by: By) =>
  (most: number | string, why: string): Bound => ({ by, most, why });
export const push = bound('push');
export const gateway = bound('gateway');
export const editor = bound('editor');
export const flow = bound('flow');
export const deploy = bound('deploy');
export const code = bound('code');
/** Lives no longer than one call, or one thing that is under way. */
export const brief = (most: string, why = 'ends with it'): Bound => code(most, why);

/** What several bounds say of their number. */
export const LISTENERS = 'its listeners: one for each thing under way';
export const NODE = 'one for each node';
export const GATEWAY = 'one for each gateway node';
