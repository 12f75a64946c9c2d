import type { Recipient } from '../../../lib/messaging/sms/outcome/outcome';
import type { SubmittedSms } from '../../../simulator';
import type { Story } from './Hours';
import type { Plan } from './plan';
import { keyOf } from './Traffic';

const MINUTE = 60_000;
/** After it has lost its records, a gateway isn't known to have what it took shortly before. */
const UNREAD = MINUTE;

/** What the end of each SMS may be, by what the network did with it. */
const ENDS: Record<string, readonly string[]> = {
  DELIVERED: ['DELIVERED'],
  SENT_OK: ['SENT_OK'],
  UNDELIVERED: ['UNDELIVERED'],
  FAILED: ['FAILED', 'PARTIAL'],
  LOST: ['UNKNOWN'],
};

/** Everything that isn't as it must be, in words; by the simulator's ledger, not by ours. */
export function judge(story: Story, plan: Plan): string[] {
  return [
    ...judgeSms(story, plan),
    ...judgeOutcomes(story),
    ...judgeIncoming(story, plan),
    ...judgeDialogues(story, plan),
  ];
}

function judgeSms({ traffic, device, last }: Story, plan: Plan): string[] {
  const wrong: string[] = [];
  const times = new Map<string, number>();
  const told = new Map<string, Recipient>();
  for (const recipient of last.values()) told.set(String(recipient.user_id), recipient);
  const forgetting = plan.reboots.filter(({ losesRecords }) => losesRecords).map(({ at }) => plan.begin + at);
  for (const sms of device.gateway.sms.submitted) {
    const key = keyOf(sms);
    const given = traffic.given.get(key);
    times.set(key, (times.get(key) ?? 0) + 1);
    if (!given) {
      wrong.push(`nobody gave in ${key}`);
      continue;
    }
    const recipient = told.get(String(sms.user_id));
    told.delete(String(sms.user_id));
    if (recipient?.number !== sms.number) wrong.push(`${key} was told of as ${recipient?.number}`);
    else wrong.push(...judgeEnd(sms, recipient, forgetting));
  }
  for (const key of traffic.given.keys()) {
    const count = times.get(key) ?? 0;
    if (count > 1) wrong.push(`${key} was submitted ${count} times`);
  }
  // What the gateway never had was in doubt when it lost its records.
  const never = [...traffic.given.keys()].filter((key) => !times.has(key)).length;
  const unknown = [...told.values()].filter(({ status }) => status === 'UNKNOWN').length;
  if (never !== unknown || told.size !== unknown) {
    wrong.push(`${never} were never submitted, of ${told.size} more is told, ${unknown} of them UNKNOWN`);
  }
  return wrong;
}

function judgeEnd(sms: SubmittedSms, told: Recipient, forgetting: readonly number[]): string[] {
  const { state, at, sentAt = Number.POSITIVE_INFINITY, endedAt, deliveredAt, sentPort, ref_id } = sms;
  const name = `${keyOf(sms)} (${state}${sms.count > 1 ? `, ${sms.count} segments` : ''})`;
  const isOver = endedAt === undefined ? at : Math.max(endedAt, deliveredAt ?? endedAt);
  const wasForgotten = forgetting.some((moment) => at <= moment && (endedAt ?? at) <= moment + UNREAD);
  const mayLackReport = forgetting.some((moment) => sentAt <= moment && isOver >= moment - UNREAD * 24 * 60);
  const isRight =
    ENDS[state]?.includes(told.status) ||
    (told.status === 'UNKNOWN' && wasForgotten) ||
    (told.status === 'SENT_OK' && mayLackReport && (state === 'DELIVERED' || state === 'UNDELIVERED'));
  if (!isRight) return [`${name} ended ${told.status}: ${JSON.stringify(told.history)}`];
  if (told.status === 'UNKNOWN') return [];
  if (told.port !== sentPort || told.ref_id !== ref_id) {
    return [`${name} went by port ${sentPort}, ${ref_id}, and has the record of ${told.port}, ${told.ref_id}`];
  }
  return [];
}

function judgeOutcomes({ traffic, outcomes }: Story): string[] {
  return traffic.inputs.flatMap((id) => {
    const left = outcomes.get(id) ?? [];
    const [one] = left;
    if (left.length !== 1 || !one) return [`the outcome of ${id} left ${left.length} times`];
    const { reached, failed, pending, total, timed_out } = one;
    if (reached + failed + pending !== total) return [`the outcome of ${id} doesn't add up`];
    return !timed_out && pending > 0 ? [`the outcome of ${id} left before its end`] : [];
  });
}

function judgeIncoming({ incoming, emitted }: Story, plan: Plan): string[] {
  const times = new Map<string, number>();
  for (const text of emitted) times.set(text, (times.get(text) ?? 0) + 1);
  const forgetting = plan.reboots.filter(({ losesRecords }) => losesRecords).map(({ at }) => plan.begin + at);
  return incoming.flatMap(({ text, at }) => {
    const count = times.get(text) ?? 0;
    // Its push was lost, and its record before the next poll.
    const mayBeLost = forgetting.some((moment) => at <= moment && at > moment - 15_000);
    return count === 1 || (count === 0 && mayBeLost) ? [] : [`${text} was emitted ${count} times`];
  });
}

function judgeDialogues({ device, dialogues }: Story, { begin, reboots, swaps }: Plan): string[] {
  return dialogues.flatMap(({ code, answer, at }) => {
    const isCutBy = (what: readonly { at: number }[]): boolean =>
      what.some((cut) => begin + cut.at >= at && begin + cut.at <= at + MINUTE);
    // The reply of a port that lost its network or its power in the meantime never comes.
    if (answer === 'TIMEOUT' && isCutBy([...reboots, ...swaps])) return [];
    // The power went while the port was looked at, before anything was dialled.
    if (answer === 'BAD_REPLY' && isCutBy(reboots) && !device.dialled.has(code)) return [];
    const [, number] = /\*150\*(\d+)#/.exec(code) ?? [];
    return answer === `Answer ${number}.` || ['BUSY', 'NO_PORT', 'UNREACHABLE', 'UNKNOWN_OUTCOME'].includes(answer)
      ? []
      : [`${code} was answered ${answer}`];
  });
}
