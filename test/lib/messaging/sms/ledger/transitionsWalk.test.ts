import fc from 'fast-check';
import should from 'should';
import type { SmsEvent } from '../../../../../lib/messaging/sms/ledger/events';
import { ANY } from '../../../../../lib/messaging/sms/ledger/stages';
import { HEIGHT, isFinal } from '../../../../../lib/messaging/sms/ledger/status';
import { TRANSITIONS, transition } from '../../../../../lib/messaging/sms/ledger/transitions';
import type { Moment } from '../../../../../lib/messaging/sms/ledger/watched';
import type { StoredSms } from '../../../../../lib/store';
import { changedSms } from '../../../../../lib/store/smsState';
import { START } from '../../../../support/FakeClock';
import { storedSms } from '../../given';
import { anyEvent, KINDS, number } from './randomEvents';

/** An event, or the store's own step: the intent to send is written. Time goes on in between, up to days. */
const steps = fc.array(
  fc.record({
    event: fc.oneof({ weight: 5, arbitrary: anyEvent }, { weight: 1, arbitrary: fc.constant('begin' as const) }),
    later: fc.oneof(fc.nat(60_000), fc.nat(100 * 3600_000)),
    pushed: fc.boolean(),
  }),
  { maxLength: 40 },
);

/** How an SMS begins: with a report or without, waiting or standing by for another number of its recipient. */
const given: fc.Arbitrary<Partial<StoredSms>> = fc.record({
  request_status_report: fc.boolean(),
  stage: fc.constantFrom('waiting', 'waiting', 'waiting', 'standby'),
});

/** Goes along random events; shows each one that changed something. */
function walk(
  all: typeof steps extends fc.Arbitrary<infer S> ? S : never,
  sees: (before: StoredSms, event: SmsEvent, after: StoredSms, moment: Moment) => void,
  given: Partial<StoredSms> = {},
): void {
  let sms = storedSms({ number, ...given });
  let at = START;
  for (const { event, later, pushed } of all) {
    at += later;
    if (event === 'begin') {
      if (sms.stage === 'waiting') sms = { ...sms, stage: 'submitting' };
      continue;
    }
    const moment = { at, pushed };
    const change = transition(sms, event, moment);
    if (change === undefined) continue;
    const before = sms;
    sms = changedSms(sms, change);
    sees(before, event, sms, moment);
  }
}

describe('ledger: whatever happens to an SMS, in whatever order', () => {
  const everywhere = (sees: Parameters<typeof walk>[1]): void =>
    fc.assert(
      fc.property(steps, given, (all, sms) => walk(all, sees, sms)),
      { numRuns: 500 },
    );

  it('it goes only along the table: from the stages that an event names, to those that it names', () => {
    everywhere((before, { kind }, after) => {
      const { from, to = [] } = TRANSITIONS[kind];
      should(from).containEql(before.stage);
      if (after.stage !== before.stage) should(to).containEql(after.stage);
    });
  });

  it('its status never falls, but by the events of which the table says why', () => {
    everywhere((before, { kind }, after) => {
      if (TRANSITIONS[kind].falls === undefined)
        should(HEIGHT[after.status]).be.aboveOrEqual(HEIGHT[before.status], kind);
    });
  });

  it('the first final word stands', () => {
    everywhere((before, event, after) => {
      if (HEIGHT[after.status] >= HEIGHT.DELIVERED) should(isFinal(after)).be.true();
      if (!isFinal(before)) return;
      should(['tasked', 'stopping', 'spared', 'counted']).containEql(event.kind);
      should([after.stage, after.status, after.history]).eql([before.stage, before.status, before.history]);
    });
  });

  it('what was sent or went wrong is never sent again', () => {
    everywhere((before, _event, after) => {
      if (after.stage === 'waiting') should(HEIGHT[before.status]).be.below(HEIGHT.SENT_OK);
    });
  });

  it('each status is told once, when it comes, and nothing told is taken back', () => {
    everywhere((before, { kind }, after, { at }) => {
      should(after.history.slice(0, before.history.length)).eql(before.history);
      const added = after.history.slice(before.history.length);
      // What goes with another is told when that was.
      if (kind === 'carried' && added.length > 0) should(added.at(-1)?.status).equal(after.status);
      else if (added.length > 0) should(added.map(({ status, at: when }) => [status, when])).eql([[after.status, at]]);
      else if (kind !== 'returned') should(after.status).equal(before.status);
    });
  });

  it('what the gateway has is always asked for again, or is over', () => {
    everywhere((_before, { kind }, after, { at }) => {
      const isAskedFor = after.stage === 'gateway' || after.stage === 'sent';
      if (isAskedFor && ['accepted', 'found', 'asked'].includes(kind)) should(after.poll_at).be.above(at);
    });
  });

  it('every stage is reached, and every event changes something', () => {
    const stages = new Set<string>(['waiting', 'submitting', 'standby']);
    const kinds = new Set<string>();
    // Some come only along a way of many steps: they are met sooner or later.
    for (let rounds = 0; rounds < 200 && (kinds.size < KINDS.length || stages.size < ANY.length); rounds++) {
      everywhere((_before, { kind }, after) => {
        kinds.add(kind);
        stages.add(after.stage);
      });
    }
    should([...kinds].sort()).eql([...KINDS].sort());
    should([...stages].sort()).eql([...ANY].sort());
  });
});
