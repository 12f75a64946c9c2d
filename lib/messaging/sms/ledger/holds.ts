import type { StoredSms } from '../../../store';
import type { Hold } from './events';
import type { Change } from './status';

/** Nothing holds the SMS any more. */
export const freed = ({ due_at }: StoredSms): Change => (due_at === 0 ? {} : { due_at: 0, held: undefined });

/** Whether an SMS is held just so: a look at a hundred thousand of them writes nothing then. */
export const isHeldSo = ({ held, due_at, expires_at }: StoredSms, hold: Hold): boolean =>
  due_at === hold.due_at &&
  expires_at === (hold.expires_at ?? expires_at) &&
  held?.by === hold.held.by &&
  held.until === hold.held.until &&
  held.quiet === hold.held.quiet;
