import fc from 'fast-check';
import { GatewayError } from '../../../../../lib/gateway-api';
import type { SmsEvent, SmsEventKind } from '../../../../../lib/messaging/sms/ledger/events';
import type { HeldBy } from '../../../../../lib/store';
import { START } from '../../../../support/FakeClock';
import { acceptedSms, sentSms, storedSms } from '../../given';

const error = new GatewayError('UNKNOWN_OUTCOME', 'cut', 'unknown');
export const number = '+491701234567';
const policy = fc.constantFrom('hold' as const, 'resend' as const, 'fail' as const);
const by = fc.constantFrom('push' as const, 'poll' as const, 'reconcile' as const);

/** The same for every SMS. */
const every = <T>(fact: T): ReadonlyMap<number, T> => ({ get: () => fact }) as unknown as ReadonlyMap<number, T>;

const JOINT = {
  count: fc.constant(2),
  text: fc.constant('Hello… and 1 more'),
  encoding: fc.constant('unicode' as const),
  user_id: fc.constant(7),
  until: fc.nat(9),
};

/** Every kind of event, so that one without a line here doesn't compile. */
const FACTS: { [K in SmsEventKind]: fc.Arbitrary<Omit<SmsEvent<K>, 'kind'>> } = {
  accepted: fc.record({ task_id: fc.option(fc.nat(9), { nil: undefined }) }),
  returned: fc.constant({}),
  refused: fc.constant({ error }),
  doubted: fc.constant({ error }),
  found: fc.constant({}),
  absent: fc.constant({}),
  undecided: fc.record({ policy }),
  lost: fc.record({ policy }),
  expired: fc.constant({}),
  withdrawn: fc.constant({}),
  joined: fc.record({ collected: fc.record({ ...JOINT, id: fc.constantFrom(1, 2) }) }),
  carried: fc.record({
    by: fc.constantFrom(
      storedSms({ stage: 'done', status: 'DELIVERED', history: [{ status: 'DELIVERED', at: START + 9, by: 'push' }] }),
      acceptedSms(),
      sentSms(),
    ),
  }),
  parted: fc.constant({}),
  withheld: fc.constant({ reasons: every({ code: 'SCHEDULE', message: 'no window opens in time' }) }),
  held: fc
    .record({ by: fc.constantFrom<HeldBy>('pause', 'schedule', 'sim-limit'), due_at: fc.integer({ min: 1 }) })
    .map(({ by, due_at }) => ({ holds: every({ due_at, held: { by, until: due_at, text: 'later' } }) })),
  released: fc.constant({ expires_at: new Map<number, number>() }),
  stopped: fc.constant({}),
  abandoned: fc.constant({}),
  result: fc.record({
    result: fc.record(
      {
        number: fc.constant(number),
        status: fc.constantFrom('SENDING', 'SENT_OK', 'DELIVERED', 'UNDELIVERED', 'FAILED', 'a new word'),
        port: fc.constant(1),
        ref_id: fc.constantFrom(255, 12, 12),
        count: fc.constantFrom(1, 3),
        succ_count: fc.nat(3),
        fail_count: fc.nat(3),
      },
      { requiredKeys: ['number', 'status'] },
    ),
    by,
  }),
  report: fc.record({
    report: fc.record({
      port: fc.constant(1),
      number: fc.constant(number),
      ref_id: fc.constantFrom(255, 0, 1, 12, 12),
      status_code: fc.constantFrom(0, 0, 32, 64),
    }),
    by,
  }),
  asked: fc.record({ isMute: fc.boolean(), planned: fc.constant(new Map<number, number>()) }),
  turned: fc.record({ expires_at: fc.nat(9) }),
  dismissed: fc.constant({}),
  postponed: fc.record({ until: fc.nat(9) }),
  due: fc.constant({}),
  tasked: fc.record({ task_id: fc.nat(9) }),
  stopping: fc.constant({}),
  spared: fc.constant({}),
};

export const KINDS = Object.keys(FACTS) as SmsEventKind[];
/** What may happen to an SMS. */
export const anyEvent: fc.Arbitrary<SmsEvent> = fc
  .oneof(fc.constantFrom(...KINDS), fc.constantFrom<SmsEventKind>('accepted', 'result', 'report', 'asked'))
  .chain((kind) => (FACTS[kind] as fc.Arbitrary<object>).map((facts) => ({ kind, ...facts }) as SmsEvent));
