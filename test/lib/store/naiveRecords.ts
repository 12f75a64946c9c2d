import { tailOf } from '../../../lib/numbers/agreement';
import type { SmsCriterion, StoredSms } from '../../../lib/store';

export const copy = <T>(records: T[]): T[] => structuredClone(records);
export const inOrder = <T>(records: T[], ...keys: ((record: T) => number | string)[]): T[] =>
  records.toSorted((a, b) => {
    for (const key of keys) {
      if (key(a) !== key(b)) return key(a) < key(b) ? -1 : 1;
    }
    return 0;
  });

export function meets({ user_id, number, stage, id, ...sms }: StoredSms, by: SmsCriterion): boolean {
  if ('user_ids' in by) return by.user_ids.includes(user_id);
  if ('tail' in by) return tailOf(number) === by.tail && by.stages.includes(stage);
  if ('held' in by) return stage === 'waiting' && sms.due_at !== 0 && id > by.after;
  if ('stage' in by) return stage === by.stage && id > by.after;
  const { ref_id: at = -1e9, count = 1, port } = sms;
  return /^(gateway|sent)$/.test(stage) && port === by.port && at >= 0 && (by.ref_id - at + 256) % 256 < count;
}
