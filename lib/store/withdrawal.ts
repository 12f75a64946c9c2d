import type { Stage, StoredSms } from './records';
import type { SmsChange } from './store';

/** Not handed over: only in these stages can an SMS be withdrawn. */
export const WITHDRAWABLE: readonly Stage[] = ['waiting', 'standby'];

/**
 * What becomes of an SMS that is withdrawn. What has only stood by ends without a word.
 * @param at when that is (ms since 1970)
 */
export const withdrawal = ({ stage, due_at, held, history }: StoredSms, at: number): Omit<SmsChange, 'id'> =>
  stage === 'standby'
    ? { stage: 'done' }
    : {
        status: 'STOPPED',
        history: [...history, { status: 'STOPPED', at, by: 'node' }],
        ...(due_at !== 0 && { due_at: 0 }),
        ...(held && { held: undefined }),
        stage: 'done',
      };
