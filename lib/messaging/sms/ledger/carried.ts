import { failedForCertain, type HistoryEntry, type StoredSms, wasSent } from '../../../store';
import { type Change, told } from './status';

const FIELDS = [
  'task_id',
  'port',
  'ref_id',
  'count',
  'succ_count',
  'time',
  'time_iso',
  'status_code',
  'reports',
] as const;

/** What becomes of an SMS that goes with another: what that has become. What was told of it before stays told. */
export function carriedBy(sms: StoredSms, by: StoredSms): Change | undefined {
  const last = sms.history.at(-1)?.at ?? 0;
  const isKnown = (entry: HistoryEntry): boolean =>
    entry.at < last || sms.history.some((own) => own.at === entry.at && own.status === entry.status);
  const news = by.history.filter((entry) => !isKnown(entry));
  const fields = FIELDS.filter((field) => JSON.stringify(sms[field]) !== JSON.stringify(by[field]));
  const isOver = by.stage === 'done';
  if (fields.length === 0 && news.length === 0 && !isOver) return undefined;
  return {
    ...Object.fromEntries(fields.map((field) => [field, by[field]])),
    ...(news.length > 0 && { status: by.status, error: by.error, history: [...sms.history, ...news] }),
    ...(isOver && { stage: 'done' }),
  };
}

/** What becomes of it where that hasn't left: it waits by itself. */
export function partedFrom(sms: StoredSms, at: number): Change | undefined {
  if (!sms.collected || wasSent(sms) || failedForCertain(sms, 'sent')) return undefined;
  if (sms.stage === 'waiting') return { collected: undefined };
  const back = sms.status === 'QUEUED' ? {} : told(sms, 'QUEUED', 'reconcile', at);
  return { ...back, stage: 'waiting', collected: undefined, task_id: undefined, error: undefined };
}
