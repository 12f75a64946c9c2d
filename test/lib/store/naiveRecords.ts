import { tailOf } from '../../../lib/numbers/agreement';
import {
  batchKeyOf,
  jobOf,
  PRIORITY_RANK,
  portSetOf,
  type SmsCriterion,
  type StoredInput,
  type StoredSms,
  type WaitingQuery,
} from '../../../lib/store';

/** A record while it is still its store's own. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };

export const copy = <T>(records: T[]): T[] => structuredClone(records);
export const inOrder = <T>(records: T[], ...keys: ((record: T) => number | string)[]): T[] =>
  records.toSorted((a, b) => {
    for (const key of keys) {
      if (key(a) !== key(b)) return key(a) < key(b) ? -1 : 1;
    }
    return 0;
  });

export const isHeld = ({ stage, due_at, paused }: StoredSms): boolean =>
  stage === 'waiting' && (due_at !== 0 || paused === true);

/** Whether a waiting SMS may leave now, as far as one who asks so is concerned. */
export const mayLeave = (sms: StoredSms, { now, closedPortSets, like, priority }: WaitingQuery): boolean =>
  sms.priority === (priority ?? sms.priority) &&
  sms.stage === 'waiting' &&
  !isHeld(sms) &&
  (!sms.expires_at || sms.expires_at > now) &&
  (sms.priority === 'high' || !closedPortSets.has(portSetOf(sms))) &&
  (!like || like.batchKey === batchKeyOf(sms)) &&
  (!like?.text || (like.text.text === sms.text && like.text.template === !!sms.text_param)) &&
  (!like?.input || like.input === sms.input);

export function meets(
  { user_id, number, stage, id, ...sms }: StoredSms,
  by: SmsCriterion,
  input: StoredInput | undefined,
): boolean {
  if ('user_ids' in by) return by.user_ids.includes(user_id);
  if ('tail' in by) return tailOf(number) === by.tail && by.stages.includes(stage);
  if ('job' in by) return !!input && jobOf(input) === by.job && by.stages.includes(stage) && id > by.after;
  if ('collect' in by) {
    return sms.collect?.group === by.collect && ('last' in by || (stage === 'waiting' && id > by.after));
  }
  if ('held' in by) return stage === 'waiting' && sms.due_at !== 0 && id > by.after;
  if ('stage' in by) return stage === by.stage && id > by.after;
  const { ref_id: at, count = 1, port } = sms;
  return (
    /^(gateway|sent)$/.test(stage) &&
    port === by.port &&
    at !== undefined &&
    (((by.ref_id - at) % 256) + 256) % 256 < count
  );
}

export function chosenPorts(sms: StoredSms[]) {
  const inGateway = sms.filter(({ stage }) => ['submitting', 'doubt', 'gateway'].includes(stage));
  const ports = inGateway.flatMap(({ sim }) => sim?.port ?? []).sort((a, b) => a - b);
  return [...new Set(ports)].map((port) => ({ port, count: ports.filter((one) => one === port).length }));
}

export const rankOf = ({ priority }: StoredSms): number => PRIORITY_RANK[priority];
