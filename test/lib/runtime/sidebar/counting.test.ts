import fc from 'fast-check';
import should from 'should';
import { MINUTES, Minutes } from '../../../../lib/runtime/sidebar/Minutes';
import { Recent } from '../../../../lib/runtime/sidebar/Recent';
import { tallyOf } from '../../../../lib/runtime/sidebar/tally';
import type { SmsStatus } from '../../../../lib/store';
import { START } from '../../../support/FakeClock';

const MINUTE = 60_000;

describe('the sidebar’s counts by the minute', () => {
  it('end with the current minute, and forget what is older than half an hour', () => {
    const minutes = new Minutes();
    minutes.count('sent', START);
    minutes.count('sent', START + 59_999);
    minutes.count('sent', START + MINUTE);
    minutes.count('failed', START + MINUTE);
    should(minutes.series(START + MINUTE).sent.slice(-3)).eql([0, 2, 1]);
    should(minutes.series(START + MINUTE).failed.slice(-2)).eql([0, 1]);
    should(minutes.series(START + 29 * MINUTE).sent[0]).equal(2);
    should(minutes.series(START + 30 * MINUTE).sent[0]).equal(1);
    should(minutes.series(START + 31 * MINUTE).sent).eql(new Array(MINUTES).fill(0));
  });

  it('are those of a plain list, whatever the pauses', () => {
    const steps = fc.array(fc.tuple(fc.nat(40 * MINUTE), fc.constantFrom('sent', 'delivered', 'failed')));
    fc.assert(
      fc.property(steps, fc.nat(40 * MINUTE), (counted, rest) => {
        const minutes = new Minutes();
        const all: { at: number; what: string }[] = [];
        let now = START;
        for (const [pause, what] of counted) {
          now += pause;
          minutes.count(what, now);
          all.push({ at: now, what });
        }
        now += rest;
        const current = Math.floor(now / MINUTE);
        for (const [what, series] of Object.entries(minutes.series(now))) {
          const plain = Array.from({ length: MINUTES }, (_, place) => {
            const minute = current - MINUTES + 1 + place;
            return all.filter((one) => one.what === what && Math.floor(one.at / MINUTE) === minute).length;
          });
          should(series).eql(plain);
        }
      }),
    );
  });

  it('stay whole when the clock is set back', () => {
    const minutes = new Minutes();
    minutes.count('sent', START);
    minutes.count('sent', START - 5 * MINUTE);
    should(minutes.series(START - 5 * MINUTE).sent.at(-1)).equal(2);
  });
});

describe('what an SMS counts as on the sidebar', () => {
  const sms = (...statuses: SmsStatus[]) => ({
    status: statuses.at(-1) ?? 'QUEUED',
    history: statuses.map((status) => ({ status, at: 1, by: 'push' as const })),
  });

  it('is sent and then delivered, each once', () => {
    should(tallyOf(sms('ACCEPTED'))).eql([]);
    should(tallyOf(sms('ACCEPTED', 'SENT_OK'))).eql(['sent']);
    should(tallyOf(sms('ACCEPTED', 'SENT_OK', 'DELIVERED'))).eql(['delivered']);
  });

  it('is sent, too, when the gateway tells the delivery first', () => {
    should(tallyOf(sms('ACCEPTED', 'DELIVERED'))).eql(['sent', 'delivered']);
    should(tallyOf(sms('ACCEPTED', 'UNDELIVERED'))).eql(['sent', 'failed']);
  });

  it('is failed once, also when it was UNKNOWN before, and not when somebody stopped it', () => {
    for (const status of ['FAILED', 'PARTIAL', 'EXPIRED', 'REFUSED', 'UNKNOWN'] as const) {
      should(tallyOf(sms(status))).eql(['failed'], status);
    }
    should(tallyOf(sms('UNKNOWN', 'FAILED'))).eql([]);
    should(tallyOf(sms('UNKNOWN', 'SENT_OK'))).eql(['sent']);
    should(tallyOf(sms('STOPPED'))).eql([]);
  });
});

describe('the sidebar’s lists', () => {
  it('hold the newest few, each thing once', () => {
    const recent = new Recent<{ key: string; n?: number }>(3);
    recent.put({ key: 'a' }, { key: 'b' });
    recent.put({ key: 'c' }, { key: 'a', n: 2 });
    should(recent.list).eql([{ key: 'a', n: 2 }, { key: 'c' }, { key: 'b' }]);
    recent.put(...['d', 'e', 'f', 'g'].map((key) => ({ key })));
    should(recent.list.map(({ key }) => key)).eql(['g', 'f', 'e']);
  });
});
