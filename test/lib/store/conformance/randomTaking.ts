import fc from 'fast-check';
import { type InputRecord, type NewSms, NOT_DUE, type Taking } from '../../../../lib/store';
import { collect } from './randomCollect';
import { encoding, gateway, held, inputId, moment, mostly, number, ports, text, userId } from './randomValues';

const newSms: fc.Arbitrary<NewSms> = fc.record(
  {
    user_id: userId,
    number,
    text,
    text_param: fc.constantFrom<string[][]>(['1'], ['2']),
    encoding: mostly(encoding, 'gsm-7bit'),
    ports,
    request_status_report: mostly(fc.boolean(), true),
    priority: fc.constantFrom('high', 'normal', 'low'),
    expires_at: mostly(moment, 0),
    due_at: mostly(fc.oneof(moment, fc.constant(NOT_DUE)), 0),
    held: fc.constant(held),
    poll_at: moment,
    collect,
  },
  { requiredKeys: ['user_id', 'number', 'text', 'encoding', 'request_status_report', 'priority', 'expires_at'] },
);

/** Recipients mostly have one number, some have several, which have their turns. */
const recipient: fc.Arbitrary<NewSms[]> = fc.oneof(
  { weight: 3, arbitrary: newSms.map((sms) => [sms]) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.array(newSms, { minLength: 2, maxLength: 3 }), fc.nat(9))
      .map(([numbers, wait]) =>
        numbers.map((sms, place) => ({ ...sms, turn: { place, of: numbers.length, after: 5, wait } })),
      ),
  },
);

const input: fc.Arbitrary<InputRecord> = fc.record(
  {
    id: inputId,
    gateway,
    node: fc.constantFrom('n1', 'n2'),
    taken_at: moment,
    until: fc.constantFrom('accepted', 'sent', 'delivered'),
    wait_until: moment,
    on_timeout: fc.constant('keep'),
    duplicates: fc.nat(2),
    summary: fc.constant(true as const),
    key: fc.constantFrom('k1', 'k2'),
    job: fc.constantFrom('j1', 'a 😀\0', '\ud800'),
    msg: fc.constant('{}'),
  },
  { requiredKeys: ['id', 'gateway', 'node', 'taken_at', 'until', 'wait_until', 'on_timeout', 'duplicates', 'msg'] },
);

export const taking: fc.Arbitrary<Taking> = fc.record({
  input,
  sms: fc.array(recipient, { maxLength: 4 }).map((recipients) => recipients.flat()),
  usedSince: fc.record({ user_id: moment, key: moment }),
});
