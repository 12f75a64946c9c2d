import type { StoredSms } from '../../../store';
import { REPORT_PATIENCE } from './pollPlan';

/** No report 72 hours after it was sent: `SENT_OK` is the last word; nor is one reported UNKNOWN asked for any longer. */
export function reportIsOverdue({ stage, history }: StoredSms, now: number): boolean {
  const since = history.at(-1)?.at ?? now;
  return (stage === 'sent' || stage === 'unknown') && now - since >= REPORT_PATIENCE;
}
