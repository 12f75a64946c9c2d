import { batchKeyOf, PRIORITY_RANK } from '../records';
import { isTemplate, type Row, smsOf, textHashOf } from '../rows';
import type { MovedSms } from './records';

const orNull = (value: unknown): number | null => (value === null ? null : Number(value));

/** An SMS as the columns of either store say it. */
export const smsOfRow = (row: Row): MovedSms => ({
  sms: smsOf(row),
  taken: String(row.sms),
  begun:
    row.submission === null
      ? null
      : {
          ...{
            submission: Number(row.submission),
            at: Number(row.begun_at),
            newest: row.newest_before as string | null,
          },
          ...{ queue: orNull(row.queue_before), task: orNull(row.task_before) },
        },
});

/** What an SMS is found by, the same in both stores. */
export function foundBy({ sms }: MovedSms): { batchKey: string; template: boolean; textHash: number; rank: number } {
  const { gateway, priority, text } = sms;
  const template = isTemplate(sms);
  const batchKey = batchKeyOf(sms);
  const textHash = textHashOf({ gateway, priority, batchKey, text, template });
  return { batchKey, template, textHash, rank: PRIORITY_RANK[priority] };
}
